import type { Position } from '../template/model';

/** What becomes of a block or an option that is not refused. */
export interface Outcome {
  readonly at: Position;
  /** `provisioner shell`, or an option of it: `provisioner shell: inline`. */
  readonly subject: string;
  readonly verdict: 'mapped' | 'dropped' | 'warned';
  /** What it becomes, or why nothing. */
  readonly text: string;
  /** What to do about it, where it is not taken over. */
  readonly instead?: string;
}
