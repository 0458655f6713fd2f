import { readFileSync } from 'node:fs';
import { ourValues } from './helpers/expressions';
import { fixture } from './helpers/fixtures';

/** The values that Packer 1.9.4 gives, as JSON; null where it refuses. `npx projen packer-oracle` holds them to Packer. */
const RECORDED = JSON.parse(readFileSync(fixture('expressions.json'), 'utf8')) as Record<string, string | null>;

/** Where we mean something else, and why. */
const OTHERWISE: Record<string, string> = {
  'packer.version == packer.version': 'no Packer takes part: its version is a value that only its build knows',
  '-0': 'a zero has no sign',
  'can(1 / 0)': 'infinity is no number',
};

/** What Packer 1.9.4 reads, and we refuse: the last digits depend on the processor, and it mixes the notations of addresses. */
const NARROWER = ['pow(0.5, 1.5)', 'cidrsubnet("::ffff:10.0.0.0/104", 8, 1)'];

/** What Packer 1.9.4 refuses, and we read: functions of later versions, and what it cannot write as JSON. */
const WIDER = ['alltrue([true])', 'sum([1, 2])', 'startswith("abc", "a")', 'try(1 / 0, 2)'];

const values = ourValues(Object.keys(RECORDED));

test.each(Object.entries(RECORDED).filter(([expression]) => !Object.hasOwn(OTHERWISE, expression)))('%s', (expression, expected) => {
  if (WIDER.includes(expression)) expect([expected, values.get(expression)]).toEqual([null, expect.any(String)]);
  else if (NARROWER.includes(expression)) expect([expected, values.get(expression)]).toEqual([expect.any(String), undefined]);
  else expect(values.get(expression) ?? null).toBe(expected);
});

test('what is otherwise still is', () => {
  for (const expression of Object.keys(OTHERWISE)) expect(values.get(expression) ?? null).not.toBe(RECORDED[expression]);
});
