import { imported, refusedFor, stepsFor, WINDOWS } from './helper';

const SCRIPT = { type: 'powershell', inline: ['Write-Output 1'] };
const powershell = (...inline: string[]): Record<string, unknown> => ({ type: 'powershell', inline });

describe('Sysprep', () => {
  test.each([
    ['C:\\Windows\\System32\\Sysprep\\Sysprep.exe /oobe /shutdown /generalize'],
    ['& $Env:SystemRoot\\System32\\Sysprep\\Sysprep.exe /oobe /generalize /quiet /quit'],
    ['C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Scripts\\SysprepInstance.ps1 -NoShutdown'],
    ["& 'C:\\Program Files\\Amazon\\EC2Launch\\EC2Launch.exe' sysprep --shutdown=false"],
    ['ec2launch reset --block'],
  ])('%s is dropped at the end of the last provisioner', (line) => {
    imported({ builders: [WINDOWS], provisioners: [SCRIPT, powershell(line)] }, ({ steps, notices }) => {
      expect(steps()).toHaveLength(5);
      expect(notices.filter((each) => each.includes('Sysprep is dropped'))).toHaveLength(1);
    });
  });

  test('what stands before it stays, the loop that waits for it goes', () => {
    const steps = stepsFor(WINDOWS, powershell('Remove-Item C:\\x', '& $Env:SystemRoot\\System32\\Sysprep\\Sysprep.exe /oobe /generalize /quit',
      'while($true) { $imageState = Get-ItemProperty HKLM:\\SOFTWARE\\State | Select ImageState; Start-Sleep -s 10 }'));
    expect(steps).toHaveLength(5);
  });

  test('anywhere earlier it is an error', () => {
    const sysprep = 'C:\\Windows\\System32\\Sysprep\\Sysprep.exe /generalize';
    expect(() => imported({ builders: [WINDOWS], provisioners: [powershell(sysprep), SCRIPT] }, () => undefined)).toThrow(/Sysprep is run before the end/);
    expect(refusedFor(WINDOWS, powershell(sysprep, 'Remove-Item C:\\x'))).toMatch(/Sysprep is run before the end/);
    expect(refusedFor(WINDOWS, { type: 'powershell', scripts: ['a.ps1', 'b.ps1'] }, {}, { 'a.ps1': sysprep, 'b.ps1': '1' })).toMatch(/of a\.ps1/);
  });

  test('a comment is no Sysprep', () => {
    expect(stepsFor(WINDOWS, [powershell('# Sysprep.exe runs later', 'Write-Output 1'), SCRIPT])).toHaveLength(10);
  });
});
