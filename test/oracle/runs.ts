import { deepStrictEqual } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askPacker } from './ask';
import { RUN_ENVIRONMENT, RUN_FOLDER, runName, RUNS, type Marks } from '../packer/helpers/runs';

const RECORDED = join(RUN_FOLDER, 'ran.json');

function packerMarks(packer: string, { file, variableFiles = [], only = [] }: (typeof RUNS)[number]): Marks {
  const args = ['build', '-color=false', '-parallel-builds=1', ...variableFiles.map((name) => `-var-file=${name}`), ...only.length > 0 ? [`-only=${only.join()}`] : [], file];
  const { status, stdout } = askPacker(packer, args, RUN_FOLDER, RUN_ENVIRONMENT);
  if (status !== 0 && !file.startsWith('failing')) throw new Error(`Packer does not build ${file}:\n${stdout}`);
  const marks: Marks = {};
  for (const [, name, mark, pause] of stdout.matchAll(/^(?: +|==> )(\S+): (?:MARK (.*)|Pausing (.*) before the next provisioner\.\.\.)$/gm)) (marks[name!] ??= []).push(mark ?? `PAUSE ${pause}`);
  return marks;
}

/** Holds what is recorded to builds that Packer runs; `write` records it anew. */
export function checkRuns(packer: string, write: boolean): void {
  const record = Object.fromEntries(RUNS.map((run) => [runName(run), packerMarks(packer, run)]));
  if (write) writeFileSync(RECORDED, `${JSON.stringify(record, undefined, 1)}\n`);
  deepStrictEqual(JSON.parse(readFileSync(RECORDED, 'utf8')), record, `${RECORDED} is what Packer runs: record it anew by --write`);
  const builds = Object.values(record).flatMap((marks) => Object.values(marks));
  console.log(`ran: ${builds.length} builds of ${RUNS.length} templates, ${builds.flat().length} lines`);
}
