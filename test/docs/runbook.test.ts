import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const RUNTIME = join(ROOT, 'src/runtime');
const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
const sources = readdirSync(RUNTIME, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map((path) => readFileSync(join(RUNTIME, path), 'utf8'));

/** Kinds of a fleet's needs, of which events are made. */
const kinds = [...sources.join('\n').matchAll(/readonly kind: ((?:'[a-z]+'(?: \| )?)+);\n  readonly reason/g)].flatMap(([, union]) => union!.split(' | ').map((each) => `fleet-${each.replace(/'/g, '')}`));
const literal = [...sources.join('\n').matchAll(/\.alert\('([a-z-]+)'/g)].map(([, event]) => event!);

test.each([...new Set([...kinds, ...literal])])('the runbook says what to do about %s', (event) => {
  expect(runbook).toMatch(new RegExp(`^\\| [^|]*\`${event}\``, 'm'));
});

test('what is said to an operator is found in the sources', () => {
  expect(kinds).toContain('fleet-unreadable');
  expect(literal).toContain('parameter-overwritten');
});
