import fc from 'fast-check';
import { linux, windows } from './arbitrary-steps';
import { effects, unwrappedEffects } from './effects';
import { thereAndBack } from './road';
import { removeFolders } from '../../golden-images/render/assembly';
import { LINUX, WINDOWS } from '../mapping/helper';

afterAll(removeFolders);

const runs = process.env.SOAK ? { numRuns: 400 } : { seed: 42, numRuns: 6, endOnFailure: true };

function comesBack(builder: unknown, provisioners: unknown[]): void {
  const { first, second } = thereAndBack({ builders: [builder], provisioners });
  expect(unwrappedEffects(second)).toEqual(effects(first));
}

// Each step comes back as a script that is brought and checked: more provisioners of Windows exceed what a document may hold, which is refused.
describe('template → app → render → template → app: the same is done in the same order', () => {
  test('Linux: scripts with environment, exit codes, attempts and timeouts; files with their checksums; restarts that have no condition', () => {
    fc.assert(fc.property(fc.array(linux, { minLength: 1, maxLength: 6 }), (provisioners) => comesBack(LINUX, provisioners)), runs);
  }, 3_600_000);

  test('Windows: the same, batch files, and Windows Update with its criteria, ordered filters and limit', () => {
    fc.assert(fc.property(fc.array(windows, { minLength: 1, maxLength: 3 }), (provisioners) => comesBack(WINDOWS, provisioners)), runs);
  }, 3_600_000);
});
