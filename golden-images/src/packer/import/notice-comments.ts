import { basename } from 'node:path';
import type { PlanNotice } from '../../../../src/packer/plan';
import type { Position } from '../../../../src/packer/template/model';
import { placed } from '../../../../src/packer/template/position';

/** Notices as comments, each at what it is about, and each once. */
export class NoticeComments {
  private readonly left: Set<PlanNotice>;

  public constructor(notices: readonly PlanNotice[]) {
    this.left = new Set(notices);
  }

  /** Those about the block that stands at a place. */
  public of(at: Position): string[] {
    return this.take(({ block }) => block !== undefined && placed(block) === placed(at));
  }

  public rest(): string[] {
    return this.take(() => true);
  }

  private take(wanted: (notice: PlanNotice) => boolean): string[] {
    const taken = [...this.left].filter(wanted);
    taken.forEach((notice) => this.left.delete(notice));
    return taken.map(({ severity, at, message }) => `${severity === 'warning' ? 'TODO ' : ''}${basename(at.file)}:${at.line}: ${message}`);
  }
}
