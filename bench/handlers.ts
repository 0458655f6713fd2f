import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { fresh, median } from './fresh';
import { table } from './table';

const FOLDER = 'assets/handlers';
const RUNS = 20;

/** Sizes of the bundled handlers, and how long a fresh Node process takes to import each. */
export function handlerTable(): string {
  return table(['handler', 'bytes', 'bytes, gzip', `import, ms (median of ${RUNS})`], readdirSync(FOLDER).map((name) => {
    const file = join(FOLDER, name, 'index.mjs');
    const code = readFileSync(file);
    return [name, code.length, gzipSync(code, { level: 9 }).length, importTime(file)];
  }));
}

function importTime(file: string): string {
  const code = `const start = performance.now(); import('${pathToFileURL(file).href}').then(() => console.log(performance.now() - start));`;
  return median(Array.from({ length: RUNS }, () => fresh<number>('-e', code))).toFixed(0);
}
