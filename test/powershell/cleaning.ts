import { runDocumentOn } from './machine';
import type { PowerShell } from './pwsh';
import { server2025, type World } from './world';
import { WindowsBaseline } from '../../src/catalog';
import { documentOf } from '../catalog/windows-support';

const USER = 'C:\\Users\\Administrator\\AppData\\';
const GONE = [
  `${USER}Local\\Temp\\junk.txt`, `${USER}Local\\Temp\\junk\\a.txt`, `${USER}Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt`,
  'C:\\Windows\\Temp\\junk.log', 'C:\\Windows\\Temp\\setup\\a.tmp', 'C:\\Windows\\SoftwareDistribution\\Download\\a\\update.cab',
  'C:\\ProgramData\\Amazon\\EC2Launch\\log\\agent.log', 'C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Log\\UserdataExecution.log',
];
const PROVISIONED = { Name: 'Microsoft.Photos', PackageFullName: 'Microsoft.Photos_1', Provisioned: true };
const KEPT = [
  `${USER}Local\\Temp\\AWSTOE\\state.json`, 'C:\\Windows\\Temp\\ImageBuilder\\a.json', 'C:\\Users\\Administrator\\Documents\\a.txt',
  'C:\\ProgramData\\Amazon\\EC2Launch\\config\\agent-config.yml',
];

export const cleaningChecks = (powershell: () => PowerShell): void => describe('cleaning', () => {
  const document = documentOf(WindowsBaseline.cleanForImaging());
  const world = (...codes: number[]): World => ({
    ...server2025(...codes), Packages: [PROVISIONED], Files: Object.fromEntries([...GONE, ...KEPT].map((path) => [path, 'text'])),
  });

  test('removes what an image must not carry, and nothing that it promises to keep', async () => {
    const { status, files, lines, log } = await runDocumentOn(powershell(), world(), document, ['build', 'validate']);
    expect([status, status === 'Success' ? [] : lines]).toEqual(['Success', []]);
    expect([GONE.filter((path) => files.includes(path)), KEPT.filter((path) => !files.includes(path))]).toEqual([[], []]);
    expect(log).toContain('cleared Security');
  });

  test.each([[3010, 'Success', 1], [3017, 'Failed', 1], [0x800F0806 - 2 ** 32, 'Failed', 1], [87, 'Failed', 0]])(
    'where DISM always ends with %i: %s after %i restarts', async (code, status, reboots) => {
      const ended = await runDocumentOn(powershell(), world(code), document);
      expect([ended.status, ended.reboots]).toEqual([status, reboots]);
    });

  test('the validation names what is left', async () => {
    const { status, lines } = await runDocumentOn(powershell(), world(), document, ['validate']);
    expect([status, lines.some((line) => line.includes('left behind: ') && line.includes('ConsoleHost_history.txt'))]).toEqual(['Failed', true]);
  });

  test('downloads of updates that Windows fetches anew fail no validation', async () => {
    const Files = { 'C:\\Windows\\SoftwareDistribution\\Download\\b\\new.cab': 'text' };
    const { status, lines } = await runDocumentOn(powershell(), { ...server2025(), Files }, document, ['validate']);
    expect([status, status === 'Success' ? [] : lines]).toEqual(['Success', []]);
  });

  test('the test wants an instance that has come through its setup', async () => {
    const state = (ImageState: string): World =>
      ({ ...server2025(), Registry: { 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State': { ImageState } } });
    expect((await runDocumentOn(powershell(), state('IMAGE_STATE_COMPLETE'), document, ['test'])).status).toBe('Success');
    expect((await runDocumentOn(powershell(), state('IMAGE_STATE_UNDEPLOYABLE'), document, ['test'])).status).toBe('Failed');
  });
});
