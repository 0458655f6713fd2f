import { runDocumentOn, type DocumentRun } from './machine';
import type { PowerShell } from './pwsh';
import { server2025, type World } from './world';
import { Winget, type WingetOptions } from '../../src/component';
import { textOf } from '../component/windows/helpers';
import { file } from '../component/windows/samples';

const RUNTIME = ['vcruntime140.dll', 'vcruntime140_1.dll', 'msvcp140.dll'].map((name) => `C:\\Windows\\System32\\${name}`);
const REDISTRIBUTABLE = { visualCppRedistributable: file('vc_redist.x64.exe') };

/** Windows Server 2025 as it comes: Winget needs a runtime that is not there (microsoft/winget-cli#2748). */
function fresh(redistributable: number[] = [0], also: Partial<World> = {}): World {
  const world = server2025();
  const winget = { ...world.Programs!['& winget.exe']!, Needs: RUNTIME };
  const setup = { Codes: redistributable, Creates: Object.fromEntries(RUNTIME.map((path) => [path, ''])) };
  return { ...world, Programs: { ...world.Programs, '& winget.exe': winget, 'winget.exe': { Codes: [0], Needs: RUNTIME }, 'vc_redist.x64.exe': setup }, ...also };
}

export const wingetChecks = (powershell: () => PowerShell): void => describe('Winget', () => {
  const run = (world: World, options: WingetOptions = {}): Promise<DocumentRun> =>
    runDocumentOn(powershell(), world, textOf(Winget.packages([{ id: 'Git.Git', version: '2.45.0' }], options)));
  const started = async (): Promise<string[]> => (await powershell().state('Started')).map((each: any) =>
    `${each.file.split(/[\\/]/).pop()} ${each.arguments.split(' ')[0]}`.trim());

  test('without the Visual C++ runtime the step fails before anything is installed, and names the option', async () => {
    const { status, lines } = await run(fresh());
    expect([status, await started()]).toEqual(['Failed', ['winget.exe --version']]);
    expect(lines.join('\n')).toContain(
      'winget --version, as SYSTEM: exit code -1073741515; C:\\Windows\\System32 lacks vcruntime140.dll, vcruntime140_1.dll, msvcp140.dll of the Visual C++ runtime: '
      + 'give Winget.packages the option visualCppRedistributable',
    );
  });

  test.each([[0, 0], [3010, 1], [1638, 0]])('the redistributable comes first, also where it ends with %i', async (code, reboots) => {
    const ended = await run(fresh([code]), REDISTRIBUTABLE);
    expect([ended.status, ended.status === 'Success' ? [] : ended.lines, ended.reboots]).toEqual(['Success', [], reboots]);
    expect(await started()).toEqual(['vc_redist.x64.exe /install', 'winget.exe --version', 'winget.exe install']);
    expect(ended.files.filter((path) => path.includes('vc_redist'))).toEqual([]);
  });

  test('a redistributable without a valid signature is not run', async () => {
    const Signatures = { 'C:\\Windows\\Temp\\golden-images\\vc_redist.x64.exe': 'NotSigned' };
    const { status, lines } = await run(fresh([0], { Signatures }), REDISTRIBUTABLE);
    expect([status, await started(), lines.some((line) => line.includes('the signature of'))]).toEqual(['Failed', [], true]);
  });

  test('another reason not to start is not taken for a missing runtime', async () => {
    const world = server2025();
    const broken = { ...world, Programs: { ...world.Programs, '& winget.exe': { Codes: [-1073741819] } }, Files: { ...world.Files, ...Object.fromEntries(RUNTIME.map((path) => [path, ''])) } };
    const { status, lines } = await run(broken);
    expect([status, lines.some((line) => line.includes('exit code -1073741819')), lines.some((line) => line.includes('visualCpp'))]).toEqual(['Failed', true, false]);
  });
});
