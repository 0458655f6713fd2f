import { dirname } from 'node:path';
import { Part } from './part';
import { hidden } from './static-keys';
import type { Outcome, PlanNotice, Problem } from '../plan';
import type { Position } from '../template/model';
import { pathsOf } from '../template/paths';
import { byPlace, placed } from '../template/position';

/** What is said of a template while it is mapped: each thing once for a place, whatever builders it is mapped for. */
export class Report {
  private readonly told = new Map<string, PlanNotice>();
  private readonly became = new Map<string, Outcome>();
  private readonly refused = new Map<string, Problem>();

  /** `workingDirectory` is where Packer is run; none where nobody says. */
  public constructor(private readonly workingDirectory?: string) {}

  /** Where a path that stands at a place may lead, the likeliest first. */
  public pathsOf(path: string, at: Position): string[] {
    return pathsOf(path, dirname(at.file), this.workingDirectory);
  }

  /** What is said of one block, which stands at a place. */
  public part(subject: string, at: Position): Part {
    return new Part(this, subject, at);
  }

  public outcome(outcome: Outcome): void {
    this.became.set(`${placed(outcome.at)} ${outcome.subject} ${outcome.text}`, { ...outcome, subject: hidden(outcome.subject) });
  }

  public notice(notice: PlanNotice): void {
    const key = `${placed(notice.at)} ${notice.message}`;
    if (!this.told.has(key)) this.told.set(key, { ...notice, message: hidden(notice.message) });
  }

  public problem({ at, subject, what, fix }: Problem): void {
    const key = `${placed(at)} ${what}`;
    if (!this.refused.has(key)) this.refused.set(key, { at, subject: hidden(subject), what: hidden(what), fix: hidden(fix) });
  }

  public get outcomes(): Outcome[] {
    return [...this.became.values()];
  }

  /** In the order of files and places. */
  public get notices(): PlanNotice[] {
    return [...this.told.values()].sort(byPlace);
  }

  /** In the order in which they were found. */
  public get problems(): Problem[] {
    return [...this.refused.values()];
  }
}
