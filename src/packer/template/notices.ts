import type { Notice, Position } from './model';

/** Collects notices: each once for a place. */
export class Notices {
  private readonly byPlace = new Map<string, Notice>();

  public warn(at: Position, message: string): void {
    this.add({ severity: 'warning', at, message });
  }

  public inform(at: Position, message: string): void {
    this.add({ severity: 'info', at, message });
  }

  /** In the order of files and places. */
  public get all(): Notice[] {
    return [...this.byPlace.values()].sort((a, b) => a.at.file.localeCompare(b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column);
  }

  private add(notice: Notice): void {
    this.byPlace.set(`${notice.at.file}:${notice.at.line}:${notice.at.column} ${notice.message}`, notice);
  }
}
