import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const DOCUMENT = join(ROOT, 'docs/first-contact.md');
const lines = readFileSync(DOCUMENT, 'utf8').split('\n');
const HEAD = '| what was wrong | source of the fact | test that holds it now |';

const rows = lines.filter((line) => line.startsWith('| ') && line !== HEAD)
  .map((line) => line.slice(2, -2).split(' | '));

interface Proof {
  readonly path: string;
  readonly names: readonly string[];
}

/** A cell of proofs, such as: `a.test.ts`, "first name", "second name"; `b.mjs`, "name" (`a task`). */
const PROOF = /^`([^`]+)`((?:, "[^"]+")*)(?: \(`np[mx] [^`]+`\))?$/;

function proofs(cell: string): Proof[] {
  return cell.split('; `').map((part, index) => {
    const [, path, names] = PROOF.exec(index === 0 ? part : `\`${part}`) ?? [];
    if (path === undefined) throw new Error(`no proof: ${part}`);
    return { path, names: [...names!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!) };
  });
}

const links = (cell: string): string[] => [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);

function dead(target: string): boolean {
  return !target.startsWith('https://') && !existsSync(join(dirname(DOCUMENT), target));
}

test('each part has a table, and each row three cells', () => {
  expect(lines.filter((line) => /^## \d/.test(line)).map((line) => line.slice(3, 4))).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(lines.filter((line) => line === HEAD)).toHaveLength(11);
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter((cells) => cells.length !== 3 || cells.some((cell) => cell.trim() === ''))).toEqual([]);
});

test('no fault is told twice', () => {
  const faults = rows.map(([fault]) => fault);
  expect(faults).toEqual([...new Set(faults)]);
});

test('each source is a link that leads somewhere, or a page by its name', () => {
  expect(rows.filter(([, source]) => links(source!).length === 0 && !/, "[^"]{5,}"/.test(source!))).toEqual([]);
  expect(rows.flatMap(([, source]) => links(source!)).filter(dead)).toEqual([]);
});

test.each(rows.map(([fault, , cell]) => [fault!, cell!]))('%s: each test is there, under its name', (_, cell) => {
  for (const { path, names } of proofs(cell)) {
    const text = readFileSync(join(ROOT, path), 'utf8').replace(/\\(['"])/g, '$1');
    expect([path, ...names.filter((name) => !text.includes(name))]).toEqual([path]);
  }
});

test('each row names a test, or a task that is one', () => {
  const tested = ({ path, names }: Proof): boolean => path.startsWith('test/') && (names.length > 0 || path.endsWith('.test.ts'));
  const byTask = (cell: string): boolean => /\(`npm run demo`\)/.test(cell);
  expect(rows.filter(([, , cell]) => !proofs(cell!).some(tested) && !byTask(cell!))).toEqual([]);
});
