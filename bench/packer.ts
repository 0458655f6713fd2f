import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fresh, median } from './fresh';
import { hclTemplate, jsonTemplate } from './packer-template';
import { table } from './table';
import { PackerTemplate } from '../src/packer/packer-template';
import { readTemplate } from '../src/packer/template/read';

const LINES = 2000;
const RUNS = 15;
const TEMPLATES: Record<string, string> = { 'packer.json': jsonTemplate(LINES), 'packer.pkr.hcl': hclTemplate(LINES) };

/** Milliseconds to read a template, or to read and map it, the first time in a process and again. */
export interface Reading {
  readonly first: number;
  readonly again: number;
}

/** What a synthesis pays for a long template: each first time in a fresh process. */
export function packerTable(): string {
  const rows = Object.keys(TEMPLATES).map((name) => {
    const [readings, imports] = ['read', 'import'].map((what) => Array.from({ length: RUNS }, () => fresh<Reading>(process.argv[1]!, 'packer', name, what)));
    const [first, again] = [(all: Reading[]) => median(all.map((each) => each.first)), (all: Reading[]) => median(all.map((each) => each.again))];
    return [name, TEMPLATES[name]!.split('\n').length - 1, first(readings!), again(readings!), first(imports!), again(imports!)];
  });
  return table(['template', 'lines', `first read, ms (median of ${RUNS})`, 'second read, ms', 'first import, ms', 'second import, ms'], rows);
}

/** In the fresh process: `import` reads and maps, anything else only reads. */
export function readOnce(name: string, what?: string): Reading {
  const folder = mkdtempSync(join(tmpdir(), 'bench-packer-'));
  const path = join(folder, name);
  writeFileSync(path, TEMPLATES[name]!);
  const measure = () => {
    const start = performance.now();
    if (what === 'import') PackerTemplate.fromFile(path);
    else readTemplate(path, { environment: {} });
    return performance.now() - start;
  };
  const reading = { first: measure(), again: measure() };
  rmSync(folder, { recursive: true });
  return reading;
}
