import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { fresh, median } from './fresh';
import { table } from './table';

const FOLDER = 'assets/handlers';
const RUNS = 20;

interface Import {
  readonly wall: number;
  /** User and system time: says the same on a busy machine. */
  readonly cpu: number;
}

/** Sizes of the bundled handlers, and what it takes a fresh Node process to import each. */
export function handlerTable(): string {
  const names = readdirSync(FOLDER);
  const files = names.map((name) => join(FOLDER, name, 'index.mjs'));
  const imports = importAll(files);
  return table(['handler', 'bytes', 'bytes, gzip', `import, ms (median of ${RUNS})`, 'import, CPU ms'], files.map((file, index) => {
    const code = readFileSync(file);
    const of = (what: keyof Import): number => median(imports[index]!.map((each) => each[what]));
    return [names[index]!, code.length, gzipSync(code, { level: 9 }).length, of('wall'), of('cpu')];
  }));
}

/** The handlers take turns, so that a machine which is busy is busy for all. */
function importAll(files: string[]): Import[][] {
  const imports: Import[][] = files.map(() => []);
  for (let round = 0; round < RUNS; round += 1) {
    files.forEach((file, index) => imports[index]!.push(importOnce(file)));
  }
  return imports;
}

const importOnce = (file: string): Import => fresh('-e', `
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  import('${pathToFileURL(file).href}').then(() => {
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ wall, cpu: (user + system) / 1000 }));
  });
`);
