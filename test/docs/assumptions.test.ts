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

test('every assumption of the document is cited where it is modelled', () => {
  expect(documented.filter((slug) => !cited.has(slug))).toEqual([]);
});

test('assumptions are numbered one after the other, each once, and complete', () => {
  expect(rows.map(([number]) => number)).toEqual(rows.map((_, index) => `A${index + 1}`));
  expect(new Set(documented).size).toBe(documented.length);
  expect(rows.filter((cells) => cells.length !== 5 || cells.some((cell) => cell === ''))).toEqual([]);
});
