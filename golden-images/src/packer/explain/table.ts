import { relative } from 'node:path';
import type { Row } from './row';

const SIGNS = { mapped: 'mapped', dropped: 'dropped', warned: 'WARNED', refused: 'REFUSED' } as const;

/** Lines for a terminal: place, verdict, what, and what becomes of it. */
export function explanation(rows: readonly Row[], directory: string): string[] {
  const place = ({ at }: Row): string => `${relative(directory, at.file)}:${at.line}:${at.column}`;
  const width = Math.max(0, ...rows.map((row) => place(row).length));
  const names = Math.min(40, Math.max(0, ...rows.map(({ what }) => what.length)));
  const count = (verdict: Row['verdict']): string => `${rows.filter((row) => row.verdict === verdict).length} ${verdict}`;
  return [
    ...rows.map((row) => `${place(row).padEnd(width)}  ${SIGNS[row.verdict].padEnd(7)}  ${row.what.padEnd(names)}  ${row.text}${row.instead === undefined ? '' : `; ${row.instead}`}`),
    `${count('mapped')}, ${count('dropped')}, ${count('warned')}, ${count('refused')}`,
  ];
}
