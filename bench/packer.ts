import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fresh, median } from './fresh';
import { hclTemplate, jsonTemplate } from './packer-template';
import { table } from './table';
import { readTemplate } from '../src/packer/template/read';

const LINES = 2000;
const RUNS = 15;
const TEMPLATES: Record<string, string> = { 'packer.json': jsonTemplate(LINES), 'packer.pkr.hcl': hclTemplate(LINES) };

/** Milliseconds to read a template, the first time in a process and again. */
export interface Reading {
  readonly first: number;
  readonly again: number;
}

/** What a synthesis pays for a long template: each first read in a fresh process. */
export function packerTable(): string {
  const rows = Object.keys(TEMPLATES).map((name) => {
    const readings = Array.from({ length: RUNS }, () => fresh<Reading>(process.argv[1]!, 'packer', name));
    return [name, TEMPLATES[name]!.split('\n').length - 1, median(readings.map(({ first }) => first)), median(readings.map(({ again }) => again))];
  });
  return table(['template', 'lines', `first read, ms (median of ${RUNS})`, 'second read, ms'], rows);
}

export function readOnce(name: string): Reading {
  const folder = mkdtempSync(join(tmpdir(), 'bench-packer-'));
  const path = join(folder, name);
  writeFileSync(path, TEMPLATES[name]!);
  const read = () => {
    const start = performance.now();
    readTemplate(path, { environment: {} });
    return performance.now() - start;
  };
  const reading = { first: read(), again: read() };
  rmSync(folder, { recursive: true });
  return reading;
}
