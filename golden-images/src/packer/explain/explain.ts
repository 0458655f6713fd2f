import { ofOutcome, ofProblem, unique, type Row } from './row';
import type { MappedTemplate } from '../../../../src/packer/mapping/map-template';
import type { PlanNotice } from '../../../../src/packer/plan';
import { TemplateError } from '../../../../src/packer/template/error';
import { placed } from '../../../../src/packer/template/position';
import { mapFile, type MapOptions } from '../map-file';

/** What becomes of everything in a template, by place. What is refused does not hide what comes after it. */
export function explain(path: string, options: MapOptions): Row[] {
  try {
    return rowsOf(mapFile(path, options));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [{ at: error.at, what: 'template', verdict: 'refused', text: error.what, instead: error.fix }];
  }
}

/** A plan as rows. */
export function rowsOf({ plan, problems }: MappedTemplate): Row[] {
  // What is refused alone says more than that it is left out.
  const refused = new Set(problems.map(({ at, subject }) => `${placed(at)} ${subject}`));
  const became = plan.outcomes.filter(({ at, subject, verdict }) => verdict !== 'warned' || !refused.has(`${placed(at)} ${subject}`));
  const rows = [...became.map(ofOutcome), ...problems.map(ofProblem)];
  const notices = plan.notices.filter((notice) => !rows.some((row) => says(row, notice)));
  return unique([...rows, ...notices.map((notice) => ofNotice(notice, rows))]).sort(byPlace);
}

const says = ({ at, text }: Row, notice: PlanNotice): boolean => placed(at) === placed(notice.at) && notice.message.includes(text);

function ofNotice({ at, severity, message }: PlanNotice, rows: readonly Row[]): Row {
  const what = rows.find((row) => placed(row.at) === placed(at))?.what ?? 'template';
  return { at, what, verdict: severity === 'warning' ? 'warned' : /\bis dropped\b/.test(message) ? 'dropped' : 'mapped', text: message };
}

const byPlace = ({ at: a }: Row, { at: b }: Row): number =>
  (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column);
