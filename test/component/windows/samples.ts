import {
  AppDeployToolkit, Chocolatey, Exe, ExitCodes, Msi, PowerShellScript, Source, WindowsFeature, Winget, type SourceConfig, type Step,
} from '../../../src/component';
import { ParentImage } from '../../../src/image';
import { OperatingSystemVersion } from '../../../src/platform';

/** A source of that name that is already in a bucket. */
export const file = (fileName: string): Source => {
  const config: SourceConfig = { uri: `s3://media/${fileName}`, fileName, archive: /\.zip$/i.test(fileName), sha256: 'a'.repeat(64) };
  return { bind: () => config };
};

export const windows2025 = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025);

/** Every step that installs something by a program, with the codes of its table. */
export const programs: Record<string, { step: Step; success: number[]; reboot: number[]; retry?: number[]; failures: number[] }> = {
  Msi: { step: Msi.install(file('agent.msi')), success: [0], reboot: [1641, 3010], failures: [1602, 1603, 1618, 1619, 1638, 1605, 1614] },
  MsiUninstall: {
    step: Msi.uninstall('{12345678-1234-1234-1234-123456789ABC}'), success: [0, 1605], reboot: [1641, 3010], failures: [1603, 1618, 1614],
  },
  Exe: {
    step: Exe.install(file('setup.exe'), {
      arguments: ['/S'],
      exitCodes: ExitCodes.of({ success: [0, 7], successWithReboot: [8], retryAfterReboot: [9], failures: { '0xC0000005': 'it\'s an "access" violation' } }),
    }),
    success: [0, 7],
    reboot: [8],
    retry: [9],
    failures: [3010, 1641, -1073741819, 1],
  },
  Chocolatey: {
    step: Chocolatey.packages([{ name: 'git', version: '2.45.0' }]), success: [0, 1605, 1614], reboot: [1641, 3010], failures: [1, -1, 2, 350, 1603, 1604, 1618],
  },
  ChocolateyBootstrap: { step: Chocolatey.bootstrap(file('chocolatey.2.4.1.nupkg')), success: [0], reboot: [1641, 3010], failures: [1, -1] },
  Winget: {
    step: Winget.packages([{ id: 'Git.Git', version: '2.45.0' }]),
    success: [0, -1978335189, -1978334963],
    reboot: [-1978334967, -1978334965],
    retry: [-1978334966],
    failures: [-1978335215, -1978335212, -1978334974, -1073741515, 3010, 1641],
  },
  AppDeployToolkit3: {
    step: AppDeployToolkit.v3(file('app.zip')), success: [0], reboot: [1641, 3010], failures: [60001, 60008, 60010, 60011, 1618],
  },
  AppDeployToolkit4: {
    step: AppDeployToolkit.v4(file('app.zip')), success: [0], reboot: [1641, 3010], failures: [60001, 60008, 60010, 60011, 1618],
  },
  PowerShellScript: { step: PowerShellScript.asset(file('a.ps1')), success: [0], reboot: [1641, 3010], failures: [1, 5, -1] },
};

/** Steps without exit codes of programs. */
export const others: Step[] = [WindowsFeature.install(['Web-Server']), WindowsFeature.uninstall(['Web-Ftp-Server'])];
