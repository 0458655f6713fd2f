import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { validateDocument } from '../../../src/component/document';
import { Platform } from '../../../src/image/platform';

const runs = { seed: process.env.SOAK ? undefined : 42, numRuns: process.env.SOAK ? 5000 : 300 };

const anything = fc.jsonValue({ maxDepth: 3 });
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: anything });
const step = fc.record({
  name: sometimes(fc.constantFrom('A', 'B', 'C')),
  action: sometimes(fc.constantFrom('ExecuteBash', 'S3Download', 'Assert', 'Reboot', '__proto__', 'toString')),
  inputs: anything,
  if: anything,
  loop: anything,
  timeoutSeconds: anything,
  maxAttempts: anything,
  onFailure: anything,
}, { requiredKeys: [] });
const phase = fc.record({ name: sometimes(fc.constantFrom('build', 'test')), steps: sometimes(fc.array(sometimes(step), { maxLength: 3 })) });
const document = fc.record({
  schemaVersion: sometimes(fc.constant(1.0)),
  phases: sometimes(fc.array(sometimes(phase), { maxLength: 3 })),
  parameters: anything,
  constants: anything,
}, { requiredKeys: [] });

const complete = (text: string): void => validateDocument(text, Platform.LINUX).forEach(({ path, what, expected }) => {
  expect([typeof path, typeof what, typeof expected]).toEqual(['string', 'string', 'string']);
  expect(Math.min(path.length, what.length, expected.length)).toBeGreaterThan(0);
});

test('every text has an answer', () => {
  fc.assert(fc.property(fc.string(), complete), runs);
});

test('every document has an answer', () => {
  fc.assert(fc.property(document, (value) => complete(stringify(value))), runs);
});

test('aliases that grow without end are refused', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`)}]`)];
  expect(validateDocument(bomb.join('\n'), Platform.LINUX)).toMatchObject([{ path: 'the document', expected: 'YAML' }]);
});
