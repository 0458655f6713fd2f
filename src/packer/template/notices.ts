import type { Notice, Position } from './model';
import { byPlace, placed } from './position';

/** Collects notices: each once for a place. */
export class Notices {
  private readonly told = new Map<string, Notice>();

  public warn(at: Position, message: string): void {
    this.add({ severity: 'warning', at, message });
  }

  public inform(at: Position, message: string): void {
    this.add({ severity: 'info', at, message });
  }

  /** In the order of files and places. */
  public get all(): Notice[] {
    return [...this.told.values()].sort(byPlace);
  }

  private add(notice: Notice): void {
    this.told.set(`${placed(notice.at)} ${notice.message}`, notice);
  }
}
