import { present } from './present';
import type { Report } from './report';
import type { Acceptance } from './treatment';
import type { Position } from '../template/model';

/** One block of a template, as far as something is said of it. */
export class Part {
  public constructor(private readonly report: Report, public readonly subject: string, public readonly at: Position) {}

  /** The mapping goes on after it, so that all that is refused is found. */
  public refuse(at: Position, what: string, fix: string, option?: string): undefined {
    this.report.problem({ at, subject: this.named(option), what, fix });
  }

  /** Where a path that stands at a place may lead, the likeliest first. */
  public pathsOf(path: string, at: Position): string[] {
    return this.report.pathsOf(path, at);
  }

  /** Something is lost. */
  public warn(at: Position, message: string): void {
    this.report.notice({ severity: 'warning', at, message, block: this.at });
  }

  /** Something became otherwise. */
  public inform(at: Position, message: string): void {
    this.report.notice({ severity: 'info', at, message, block: this.at });
  }

  /** What becomes of the block, or of an option of it; and what to do about it. */
  public became(at: Position, treatment: Acceptance, option?: string, instead?: string): void {
    const text = treatment.kind === 'mapped' ? treatment.becomes : treatment.why;
    this.report.outcome(present({ at, subject: this.named(option), verdict: treatment.kind, text, instead }));
  }

  private named(option: string | undefined): string {
    return option === undefined ? this.subject : `${this.subject}: ${option}`;
  }
}
