import * as fc from 'fast-check';
import { textOf } from './helpers';
import { runWith } from './machine';
import { others, programs } from './samples';
import { OnFailure, type Step } from '../../../src/component';

const parameters = process.env.SOAK ? { numRuns: 1000 } : { seed: 42, numRuns: 100 };

const known = [...new Set(
  Object.values(programs).flatMap(({ success, reboot, retry = [], failures }) => [...success, ...reboot, ...retry, ...failures]),
)];
const code = fc.oneof(fc.constantFrom(...known), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
const names = Object.keys(programs);

const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat({ max: names.length + others.length - 1 }),
  maxAttempts: fc.integer({ min: 1, max: 3 }),
  onFailure: fc.constantFrom(undefined, OnFailure.ABORT, OnFailure.CONTINUE, OnFailure.IGNORE),
}).map(({ at, maxAttempts, onFailure }) => (programs[names[at]!]?.step ?? others[at - names.length]!).withOptions({ maxAttempts, onFailure }));

test('whatever the programs end with, a document comes to its end, with no more restarts than programs could ask for', async () => {
  const documents = fc.array(step, { minLength: 1, maxLength: 4 });
  const ends = fc.array(code, { minLength: 1, maxLength: 8 });
  await fc.assert(fc.asyncProperty(documents, ends, async (steps, codes) => {
    const run = await runWith(textOf(...steps), (_turn, program) => codes[program % codes.length]!);
    expect(run.refusal).toBeUndefined();
    // Each attempt of a program: once before it, once after it.
    expect(run.reboots).toBeLessThanOrEqual(steps.length * (2 * 3 + 1));
  }), parameters);
}, 600_000);

test('a program that always asks for one and the same end comes to an end', async () => {
  for (const each of known) {
    const document = textOf(...Object.values(programs).map((program) => program.step.withOptions({ onFailure: OnFailure.CONTINUE })));
    const run = await runWith(document, () => each);
    expect(run.refusal).toBeUndefined();
    expect(run.reboots).toBeLessThanOrEqual(2 * names.length);
  }
}, 100_000);

test('one that had no bound would be found out', async () => {
  const unbounded = textOf(programs.Exe!.step).replace('-not $retried -and ', '');
  expect((await runWith(unbounded, () => 9)).refusal).toBeDefined();
});
