import fc from 'fast-check';
import { runDocumentOn } from './machine';
import type { PowerShell } from './pwsh';
import { server2025, type World } from './world';
import { OnFailure, type Step } from '../../src/component';
import { textOf } from '../component/windows/helpers';
import { others, programs } from '../component/windows/samples';

const REBOOT = 'C:\\Windows\\Temp\\golden-images-reboot.flag';
const SCRIPT = 'C:\\Windows\\Temp\\golden-images\\a.ps1';

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

export const documentChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('documents', () => {
  /** Runs steps on a Windows whose programs end with these codes, one after the other, the last one for ever. */
  const run = (steps: Step[], codes: number[], world: World = server2025(...codes)) => runDocumentOn(
    powershell(), { ...world, FeatureRestart: 'Yes' }, textOf(...steps), ['build'],
    // A script ends with the first of the codes once, as the programs do.
    { [SCRIPT]: `$first = -not (Test-Path C:\\ran.txt)\nNew-Item -Force C:\\ran.txt | Out-Null\nif ($first) { exit ${codes[0]} }\nexit ${codes.at(-1)}` },
  );

  test.each(Object.entries(programs))('%s: a program that asks for a restart gets one, and goes on', async (_, { step: each, success, reboot }) => {
    for (const asked of reboot) {
      const { status, reboots, files, lines } = await run([each], [asked, success[0]!]);
      expect([status, status === 'Success' ? [] : lines, reboots, files.filter((path) => path.endsWith('.flag'))]).toEqual(['Success', [], 1, []]);
    }
    expect(await run([each], [success[0]!])).toMatchObject({ status: 'Success', reboots: 0 });
    expect(await run([each], [4711])).toMatchObject({ status: 'Failed', reboots: 0 });
  });

  test.each(Object.entries(programs).filter(([, { retry }]) => retry))('%s: what wants a restart before is tried once more', async (_, { step: each, retry, success }) => {
    const once = await run([each], [retry![0]!, success[0]!]);
    expect([once.status, once.reboots, once.files.filter((path) => path.endsWith('.flag'))]).toEqual(['Success', 1, []]);
    const forever = await run([each], [retry![0]!]);
    expect([forever.status, forever.reboots]).toEqual(['Failed', 1]);
  });

  test('features restart where Windows says so', async () => {
    const { status, reboots, files } = await run([others[0]!], [0]);
    expect([status, reboots, files.includes(REBOOT)]).toEqual(['Success', 1, false]);
    expect((await run([others[0]!], [0], { ...server2025(), Features: {} })).status).toBe('Failed');
  });

  test('whatever programs end with, a document ends, with no more restarts than they could ask for', async () => {
    const numRuns = process.env.SOAK ? 500 : 25;
    const documents = fc.array(step, { minLength: 1, maxLength: 4 });
    await fc.assert(fc.asyncProperty(documents, fc.array(code, { minLength: 1, maxLength: 8 }), async (steps, codes) => {
      const { refusal, reboots } = await run(steps, codes);
      expect(refusal).toBeUndefined();
      expect(reboots).toBeLessThanOrEqual(steps.length * (2 * 3 + 1));
    }), process.env.SOAK ? { numRuns } : { seed: 42, numRuns });
    count('documents', numRuns);
  });

  test('one that had no bound would be found out', async () => {
    const unbounded = textOf(programs.Exe!.step).replace('-not $retried -and ', '');
    expect((await runDocumentOn(powershell(), server2025(9), unbounded)).refusal).toBeDefined();
  });
});
