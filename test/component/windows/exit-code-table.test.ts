import { documentOf, scriptsOf } from './helpers';
import { outcomeOf, runWith } from './machine';
import { programs, windows2025 } from './samples';

const REBOOT = 'C:\\Windows\\Temp\\golden-images-reboot.flag';
const RETRY = 'C:\\Windows\\Temp\\golden-images-retry.flag';

describe.each(Object.entries(programs))('%s', (_, { step, success, reboot, retry = [], failures }) => {
  const scripts = (): string[] => scriptsOf(windows2025, step).filter((script) => script.includes('-contains $code'));

  test('the branches are those of its table', () => {
    const [script] = scripts();
    expect(success.map((code) => outcomeOf(script!, code))).toEqual(success.map(() => ({ flags: [] })));
    expect(reboot.map((code) => outcomeOf(script!, code))).toEqual(reboot.map(() => ({ flags: [REBOOT] })));
    expect(retry.map((code) => outcomeOf(script!, code))).toEqual(retry.map(() => ({ flags: [RETRY], again: true })));
    retry.forEach((code) => expect(outcomeOf(script!, code, true).fails).toMatch('Windows has just restarted'));
    failures.forEach((code) => expect(outcomeOf(script!, code)).toEqual({ fails: expect.any(String), flags: [] }));
  });

  test('a code outside of its table fails, by name', () => {
    expect(outcomeOf(scripts()[0]!, 4711)).toEqual({ fails: 'not in the table of exit codes', flags: [] });
    expect(scripts()[0]).toContain("throw ('{0}: exit code {1} (0x{1:X8}): {2}' -f $label, $code, $meaning)");
  });

  test('a program that asks for a restart gets one, and goes on', async () => {
    for (const code of reboot) {
      const run = await runWith(documentOf({ buildSteps: [step] }, windows2025), (_turn, program) => (program === 0 ? code : 0));
      expect([run.status, run.reboots]).toEqual(['Success', 1]);
      expect(run.files).not.toContain(REBOOT);
    }
  });

  test('success needs no restart; failures end the build and name the code', async () => {
    const end = (code: number) => runWith(documentOf({ buildSteps: [step] }, windows2025), () => code);
    for (const code of success) {
      expect(await end(code)).toMatchObject({ status: 'Success', reboots: 0 });
    }
    for (const code of [...failures, 4711]) {
      expect(await end(code)).toMatchObject({ status: 'Failed', reboots: 0 });
    }
  });

  test('what wants a restart before is tried once more, and not for ever', async () => {
    for (const code of retry) {
      const document = documentOf({ buildSteps: [step] }, windows2025);
      const once = await runWith(document, (_turn, program) => (program === 0 ? code : 0));
      expect([once.status, once.reboots]).toEqual(['Success', 1]);
      expect(once.files.filter((path) => path.endsWith('.flag'))).toEqual([]);
      const forever = await runWith(document, () => code);
      expect([forever.status, forever.reboots]).toEqual(['Failed', 1]);
    }
  });

  test('scripts can be read in any encoding, and no brace is taken for a reference', () => {
    scriptsOf(windows2025, step).forEach((script) => {
      expect(script).toMatch(/^[\x09\x0a\x20-\x7e]*$/);
      expect(script).not.toMatch(/\{\{|\}\}/);
      const code = script.replace(/'(?:[^']|'')*'/g, '');
      ['{}', '()', '[]'].forEach(([open, close]) => expect(code.split(open!).length).toBe(code.split(close!).length));
    });
  });
});
