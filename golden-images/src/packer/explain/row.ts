import type { Outcome, Problem } from '../../../../src/packer/plan';
import type { Position } from '../../../../src/packer/template/model';

export type Verdict = Outcome['verdict'] | 'refused';

/** What becomes of one thing in a template. */
export interface Row {
  readonly at: Position;
  /** `provisioner shell`, or an option of it: `provisioner shell: inline`. */
  readonly what: string;
  readonly verdict: Verdict;
  /** What it becomes, or why nothing. */
  readonly text: string;
  /** What to do instead, where something is not taken over. */
  readonly instead?: string;
}

export const ofOutcome = ({ at, subject, verdict, text, instead }: Outcome): Row => ({ at, what: subject, verdict, text, instead });

export const ofProblem = ({ at, subject, what, fix }: Problem): Row => ({ at, what: subject, verdict: 'refused', text: what, instead: fix });

/** Rows that say the same of the same place count once; of a place that is refused twice, both reasons stand. */
export function unique(rows: readonly Row[]): Row[] {
  const known = new Map(rows.map((row) => [[row.at.file, row.at.line, row.at.column, row.verdict, row.text].join('\n'), row]));
  return [...known.values()];
}
