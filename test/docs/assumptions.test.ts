import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Where assumptions are modelled or relied on. */
const FOLDERS = ['src', 'golden-images/src', 'examples', 'scripts'];

const files = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(ROOT, folder, path)))
  .filter((path) => /\.(ts|mjs|py)$/.test(path) && !/node_modules|cdk\.out/.test(path));
const cited = new Set(files.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/assumption:\s+([a-z0-9-]+)/g)].map((match) => match[1]!)));
const rows = readFileSync(join(ROOT, 'docs/assumptions.md'), 'utf8').split('\n').filter((line) => /^\| A/.test(line))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
const documented = rows.map(([, slug]) => slug!.replace(/`/g, ''));

test('every assumption that code cites is in the document', () => {
  expect([...cited].filter((slug) => !documented.includes(slug))).toEqual([]);
});

const settled = rows.filter((cells) => cells[4] === 'Settled.' || /^(Confirmed|Refuted):/.test(cells[2]!));

test('every open assumption of the document is cited where it is modelled', () => {
  const open = rows.filter((row) => !settled.includes(row)).map(([, slug]) => slug!.replace(/`/g, ''));
  expect(open.length).toBeGreaterThan(50);
  expect(open.filter((slug) => !cited.has(slug))).toEqual([]);
});

test('what is settled says so, and names its source', () => {
  expect(settled.filter(([, , verdict, , proof]) => proof !== 'Settled.' || !/^(Confirmed|Refuted): .+\([^()]{20,}\)/.test(verdict!))).toEqual([]);
});

test('assumptions are in the order of their numbers, each once, and complete', () => {
  const numbers = rows.map(([number]) => Number(/^A(\d+)$/.exec(number!)![1]));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(new Set(documented).size).toBe(documented.length);
  expect(rows.filter((cells) => cells.length !== 5 || cells.some((cell) => cell === ''))).toEqual([]);
});
