import { basename } from 'node:path';
import type { Block, Notice, Position, Setting } from '../../../../src/packer/template/model';

/** Notices as comments, each at what it is about, and each once. */
export class NoticeComments {
  private readonly left: Set<Notice>;

  public constructor(notices: readonly Notice[]) {
    this.left = new Set(notices);
  }

  /** Those about a block and its settings. */
  public of({ at, settings, overrides }: Block): string[] {
    const places = new Set([at, ...[settings, ...overrides?.values() ?? []].flatMap((each) => [...each.values()].flatMap(placesOf))].map(placed));
    return this.take((notice) => places.has(placed(notice.at)));
  }

  public rest(): string[] {
    return this.take(() => true);
  }

  private take(wanted: (notice: Notice) => boolean): string[] {
    const taken = [...this.left].filter(wanted);
    taken.forEach((notice) => this.left.delete(notice));
    return taken.map(({ severity, at, message }) => `${severity === 'warning' ? 'TODO ' : ''}${basename(at.file)}:${at.line}: ${message}`);
  }
}

const placed = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

function placesOf(setting: Setting): Position[] {
  if (setting.kind === 'list') return [setting.at, ...setting.value.flatMap(placesOf)];
  return setting.kind === 'map' ? [setting.at, ...[...setting.value.values()].flatMap(placesOf)] : [setting.at];
}
