import type { Treatment } from '../../../../src/packer/mapping/treatment';
import { TemplateError } from '../../../../src/packer/template/error';
import type { Position } from '../../../../src/packer/template/model';

export type Verdict = 'mapped' | 'dropped' | 'warned' | 'refused';

/** What becomes of one thing in a template. */
export interface Row {
  readonly at: Position;
  /** `provisioner shell`, or an option of it: `provisioner shell: inline`. */
  readonly what: string;
  readonly verdict: Verdict;
  /** What it becomes, or why nothing. */
  readonly text: string;
  /** What to do instead, where something is refused. */
  readonly instead?: string;
}

export function rowOf(at: Position, what: string, treatment: Treatment): Row {
  switch (treatment.kind) {
    case 'mapped': return { at, what, verdict: 'mapped', text: treatment.becomes };
    case 'dropped': return { at, what, verdict: 'dropped', text: treatment.why };
    case 'warned': return { at, what, verdict: 'warned', text: treatment.why };
    case 'refused': return { at, what, verdict: 'refused', text: treatment.why, instead: treatment.fix };
  }
}

/** Does something that may be refused; the refusal becomes a row. */
export function attempt(what: string, act: () => void): Row[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [{ at: error.at, what, verdict: 'refused', text: error.what, instead: error.fix }];
  }
}

/** Rows that say the same of the same place count once; of a place that is refused twice, both reasons stand. */
export function unique(rows: readonly Row[]): Row[] {
  const known = new Map(rows.map((row) => [[row.at.file, row.at.line, row.at.column, row.verdict, row.text].join('\n'), row]));
  return [...known.values()];
}
