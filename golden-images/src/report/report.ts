import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Chart } from './chart';
import { page } from './html/page';
import type { Line } from './narrator';
import type { Summary } from './summary';

/** Something that was promised, and whether it is so. */
export interface Check {
  readonly what: string;
  readonly holds: boolean;
  readonly seen: string;
}

/** All that is told of a rehearsal. */
export interface Report extends Summary {
  /** Always true: none of this happened in AWS. */
  readonly model: true;
  readonly title: string;
  readonly checks: readonly Check[];
  readonly timeline: readonly Line[];
  readonly chart: Chart;
}

/** What every output says. */
export const MODEL = 'A rehearsal in the local AWS, on virtual time. It is a model: IAM, logs and notifications are recorded, not enforced.';

export interface ReportFiles {
  readonly json?: string;
  readonly html?: string;
}

/** Writes the files that were asked for. */
export function writeReport(report: Report, files: ReportFiles): void {
  if (files.json !== undefined) write(files.json, `${JSON.stringify(report, null, 2)}\n`);
  if (files.html !== undefined) write(files.html, page(report));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
