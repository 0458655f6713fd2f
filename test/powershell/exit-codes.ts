import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended, PowerShell } from './pwsh';
import { documentFor, scriptsIn } from './samples';
import { server2025, TOOLKIT } from './world';
import { programs } from '../component/windows/samples';

const REBOOT = 'Windows/Temp/golden-images-reboot.flag';
const RETRY = 'Windows/Temp/golden-images-retry.flag';

/** Every code that stands in some table, those of Windows that any program may end with, and the ends of 32 bits. */
const CODES = [...new Set([
  ...Object.values(programs).flatMap(({ success, reboot, retry = [], failures }) => [...success, ...reboot, ...retry, ...failures]),
  0, 1, 2, 3, 5, 8, 9, 87, 194, 1601, 1612, 1641, 3010, 3017, 4711, -1, -2147483648, 2147483647, -2147023293,
])];

const hexadecimal = (code: number): string => (code < 0 ? code + 2 ** 32 : code).toString(16).toUpperCase().padStart(8, '0');

interface Outcome extends Ended {
  readonly flags: { readonly reboot: boolean; readonly retry: boolean };
}

export const exitCodeChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('exit codes', () => {
  /** What becomes of a script whose programs all end with the code. */
  async function outcomeOf(script: string, code: number, retried = false): Promise<Outcome> {
    const world = server2025(code);
    const flag: Record<string, string> = retried ? { 'C:\\Windows\\Temp\\golden-images-retry.flag': '' } : {};
    const app = 'C:\\Windows\\Temp\\golden-images\\';
    await powershell().reset({
      ...world,
      Files: {
        ...world.Files, ...flag, [`${app}a.ps1`]: `exit ${code}`, [`${app}app\\Deploy-Application.ps1`]: TOOLKIT, [`${app}app\\Invoke-AppDeployToolkit.ps1`]: TOOLKIT,
      },
    });
    const ended = await powershell().run(script);
    const has = (path: string): boolean => existsSync(join(powershell().drive, path));
    return { ...ended, flags: { reboot: has(REBOOT), retry: has(RETRY) } };
  }

  describe.each(Object.entries(programs))('of %s', (_, { step, success, reboot, retry = [] }) => {
    const outcomes = [
      [success, { exitCode: 0, reboot: false, retry: false }] as const,
      [reboot, { exitCode: 0, reboot: true, retry: false }] as const,
      [retry, { exitCode: 3010, reboot: false, retry: true }] as const,
    ];
    const script = (): string => scriptsIn(documentFor(step)).map(([, text]) => text).find((text) => text.includes('-contains $code'))!;

    test('mean what its table says, and all others fail by name', async () => {
      for (const code of CODES) {
        const { exitCode, failure, flags } = await outcomeOf(script(), code);
        const expected = outcomes.find(([codes]) => codes.includes(code))?.[1] ?? { exitCode: 1, reboot: false, retry: false };
        expect({ code, exitCode, ...flags }).toEqual({ code, ...expected });
        if (expected.exitCode === 1) expect(failure).toContain(`: exit code ${code} (0x${hexadecimal(code)}): `);
        else expect(failure).toBeNull();
      }
      expect((await outcomeOf(script(), 4711)).failure).toMatch(/not in the table of exit codes$/);
      count('codes', CODES.length);
      count('tables', 1);
    });

    if (retry.length > 0) {
      test('another attempt comes once, and leaves no flag', async () => {
        for (const code of retry) {
          const again = await outcomeOf(script(), code, true);
          expect([again.exitCode, again.failure, again.flags.retry]).toEqual([1, expect.stringContaining('Windows has just restarted'), false]);
          const good = await outcomeOf(script(), success[0]!, true);
          expect([good.exitCode, good.flags.retry]).toEqual([0, false]);
        }
      });
    }
  });
});
