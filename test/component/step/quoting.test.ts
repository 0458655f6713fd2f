import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { bashQuoted } from '../../../src/component/step/quoting';

test('bash takes a quoted text for one word with just that text', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom("'", '"', '$', '`', '\\', '\n', ' ', '*', '!', '{', '}'), fc.string({ minLength: 1, maxLength: 1 })) });
  const words = fc.array(text.filter((each) => !each.includes('\0')), { minLength: 1, maxLength: 50 });
  const property = fc.property(words, (all) => {
    const { stdout, status } = spawnSync('bash', ['--norc', '-c', `printf '%s\\0' ${all.map(bashQuoted).join(' ')}`], { encoding: 'utf8' });
    expect([status, stdout.split('\0').slice(0, -1)]).toEqual([0, all]);
  });
  fc.assert(property, process.env.SOAK ? { numRuns: 2000 } : { seed: 42, numRuns: 50 });
});
