import fc from 'fast-check';
import { runDocumentOn, type DocumentRun } from './machine';
import type { PowerShell } from './pwsh';
import { server2025, type Program } from './world';
import { Vda } from '../../src/catalog';
import { documentOf, media } from '../catalog/windows-support';

const RESUME = 'C:\\ProgramData\\Citrix\\XenDesktopSetup\\XenDesktopVdaSetup.exe';
const MAX_RESUMES = 3;

/** What the installer leaves when it has come to its end (docs.citrix.com; support.citrix.com, CTX695811). */
const FINISHED: Pick<Program, 'Sets' | 'Services'> = {
  Sets: { 'HKLM:\\SOFTWARE\\Citrix\\MetaInstall': { ExitCode: 8 } },
  Services: { BrokerAgent: { Status: 'Stopped', StartType: 'Automatic' } },
};

interface Given {
  readonly resumes?: boolean;
  readonly finished?: boolean;
  /** The document, if it is not the one of most tests. */
  readonly text?: string;
}

export const citrixChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('Citrix VDA', () => {
  const documentWith = (maxResumes: number): string => documentOf(Vda.citrix({ installer: media('vda.exe'), maxResumes }));
  const document = documentWith(MAX_RESUMES);
  /** Exit codes of the installer and of what it goes on with; whether it leaves that, and whether all is installed after the first of them. */
  const run = (codes: number[], given: Given = {}): Promise<DocumentRun> => {
    const { resumes = true, finished = false, text = document } = given;
    const program = { Codes: codes, ...finished ? FINISHED : {} };
    const Programs = {
      ...server2025().Programs,
      'vda.exe': { ...program, ...resumes ? { Creates: { [RESUME]: '' } } : {} },
      'XenDesktopVdaSetup.exe': { ...program, Codes: codes.slice(1).length > 0 ? codes.slice(1) : codes },
    };
    return runDocumentOn(powershell(), { ...server2025(), Programs }, text);
  };
  const leftBehind = ({ files }: DocumentRun): string[] => files.filter((path) => /citrix-vda\.txt|\.flag$|golden-images\\vda/.test(path));

  test.each([
    [[0], {}, 'Success', 0], [[8], {}, 'Success', 1], [[3, 0], {}, 'Success', 1], [[3, 8], {}, 'Success', 2], [[3], { finished: true }, 'Success', 1],
    [[3, 3, 0], {}, 'Success', 2], [[3, 0], { resumes: false }, 'Success', 1], [[1], {}, 'Failed', 0], [[3], {}, 'Failed', MAX_RESUMES],
    [[4711], {}, 'Failed', 0],
  ])('exit codes %j, %j: %s after %i restarts', async (codes, given, status, reboots) => {
    const ended = await run(codes, given);
    expect([ended.status, ended.reboots]).toEqual([status, reboots]);
    if (status === 'Success') expect(leftBehind(ended)).toEqual([]);
  });

  test.each([0, 1, 3])('restarts %i times where so many are allowed, and not once more', async (maxResumes) => {
    const text = documentWith(maxResumes);
    const enough = await run([...Array<number>(maxResumes).fill(3), 0], { text });
    expect([enough.status, enough.reboots]).toEqual(['Success', maxResumes]);
    const missing = await run([...Array<number>(maxResumes + 1).fill(3), 0], { text });
    expect([missing.status, missing.reboots]).toEqual(['Failed', maxResumes]);
    expect(missing.lines.join('\n')).toContain(`the VDA installer still asks for a restart after ${maxResumes} restarts`);
    expect(leftBehind(missing).filter((path) => path.includes('citrix-vda.txt'))).toEqual([]);
  });

  test('comes to its end in any world, leaves no count behind, and says why it fails', async () => {
    const numRuns = process.env.SOAK ? 500 : 30;
    const code = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(3, 8, 0) }, fc.constantFrom(1, 2, 4, 5, 9, 14, 1618, 4711, -1));
    const given = fc.record({ codes: fc.array(code, { minLength: 1, maxLength: 6 }), resumes: fc.boolean(), finished: fc.boolean() });
    await fc.assert(fc.asyncProperty(given, async ({ codes, ...rest }) => {
      const ended = await run(codes, rest);
      expect(ended.refusal).toBeUndefined();
      expect(ended.reboots).toBeLessThanOrEqual(MAX_RESUMES + 1);
      expect(ended.files.filter((path) => path.includes('citrix-vda.txt'))).toEqual([]);
      if (ended.status === 'Success') expect(leftBehind(ended)).toEqual([]);
      else expect(ended.lines.join('\n')).toMatch(/the VDA installer(?: \(resumed\))?(?:: exit code -?\d+ \(0x|.* restart)/);
    }), process.env.SOAK ? { numRuns } : { seed: 42, numRuns });
    count('worlds of the VDA', numRuns);
  });

  test('what the installer left for going on is run without arguments', async () => {
    const { log } = await run([3, 0]);
    expect(log.filter((line) => line === 'restart')).toHaveLength(1);
    expect((await powershell().state('Started')).map((each: any) => [each.file.split('\\').pop(), each.arguments.split(' ')[0]])).toEqual([
      ['vda.exe', '/quiet'], ['XenDesktopVdaSetup.exe', ''],
    ]);
  });
});
