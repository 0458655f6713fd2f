import * as fc from 'fast-check';
import { newStack } from './fixture';
import { parseSchedule } from '../../golden-images/src/world/schedule/expression';
import { BuildSchedule } from '../../src/image';

/** Fields as people write them, right and wrong. */
const number = fc.integer({ min: 0, max: 62 }).map(String);
const field = fc.oneof(
  fc.constantFrom('*', '?', 'L', 'LW', '15W', '0W', '6L', 'TUE#2', '3#5', '3#6', 'MON', 'FRI-MON', 'MON-FRI', 'JAN', 'MAR-JUN', '2026', '2026-2030', '*/5', '1/3', ''),
  number,
  fc.tuple(number, number).map(([from, to]) => `${from}-${to}`),
  fc.tuple(number, number).map(([one, other]) => `${one},${other}`),
  fc.tuple(number, number).map(([from, step]) => `${from}/${step}`),
);
/** A right one with some fields changed: any six fields would hardly ever be right. */
const expression = fc.tuple(
  fc.constantFrom(['0', '3', '1', '*', '?', '*'], ['0', '3', '?', '*', 'MON', '*']),
  fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), field), { minLength: 1, maxLength: 3 }),
).map(([right, changes]) => `cron(${changes.reduce<readonly string[]>((fields, [index, text]) => fields.map((each, at) => (at === index ? text : each)), right).join(' ')})`);

const stack = newStack();
const accepts = (text: string): boolean => {
  try {
    BuildSchedule.cron(text).bind(stack);
    return true;
  } catch {
    return false;
  }
};

test('the library and the local AWS, written apart, take and refuse the same schedules', () => {
  const seen = { taken: 0, refused: 0 };
  fc.assert(fc.property(expression, (text) => {
    const taken = accepts(text);
    seen[taken ? 'taken' : 'refused'] += 1;
    expect({ text, taken: parseSchedule(text, { start: 0 }) !== undefined }).toEqual({ text, taken });
  }), { seed: process.env.SOAK ? undefined : 42, numRuns: process.env.SOAK ? 20_000 : 3000 });
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(100);
});
