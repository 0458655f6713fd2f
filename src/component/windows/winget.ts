import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { commandLine } from './command-line';
import { ExitCodes } from './exit-codes';
import { installProgram } from './install-program';
import { media, programOf } from './media';
import { checkPackages } from './packages';
import { checkSignature } from './signature';
import { scriptActions, windowsStep } from './windows-step';
import { OperatingSystemVersion } from '../../platform';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
import type { StepAction, StepBindOptions } from '../step/action';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** A package of Winget. */
export interface WingetPackage {
  /** Its id, such as `Git.Git`. */
  readonly id: string;

  /**
   * Its version.
   *
   * @default - none, which is refused unless `allowUnpinned` is set
   */
  readonly version?: string;

  /**
   * What the installer gets beside its silent arguments.
   *
   * @default - nothing
   */
  readonly installerArguments?: string;
}

/** Options of `Winget.packages`. */
export interface WingetOptions {
  /**
   * Name of the source, which must be configured.
   *
   * @default 'winget'
   */
  readonly source?: string;

  /**
   * Whether packages may be without a version.
   *
   * @default false
   */
  readonly allowUnpinned?: boolean;

  /**
   * Visual C++ redistributable of Microsoft for the architecture of the image, such as `vc_redist.x64.exe`: installed before the packages, if
   * its signature is valid. Winget as SYSTEM needs it, and a fresh Windows Server 2025 does not have it (microsoft/winget-cli#2748).
   *
   * @default - it is there already; where it is missing, the step fails before anything is installed, and says so
   */
  readonly visualCppRedistributable?: Source;
}

/** microsoft/winget-cli, `returnCodes.md` and `AppInstallerErrors.h`. */
const CODES = {
  // The other two: it is installed already. Which version, is looked at afterwards.
  success: [0, 0x8A15002B, 0x8A15010D],
  successWithReboot: [0x8A150109, 0x8A15010B],
  retryAfterReboot: [0x8A15010A],
  // Another installation is in progress.
  retryLater: [0x8A150102],
  failures: {
    '0x8A150008': 'the installer could not be downloaded',
    '0x8A150010': 'no installer of the package is for this system',
    '0x8A150011': 'the hash of the installer is not the one of the manifest',
    '0x8A150014': 'there is no package of that id',
    '0x8A150017': 'there is no such version of the package',
    '0x8A15003A': 'a group policy forbids it',
    '0x8A150045': 'the source could not be opened',
    '0x8A150105': 'the disk is full',
    '0x8A150107': 'the network could not be reached',
    '0x8A15010E': 'a higher version is installed',
    '0x8A150113': 'the system is not supported',
    '0xC0000135': 'a library is missing: winget needs the Visual C++ runtime of SYSTEM',
  },
};

/** Winget, the package manager of Windows. */
export class Winget {
  /**
   * Installs packages for all users, one after the other, and restarts after each that asks for it; what asks for a restart before is tried
   * once more after it. Needs Windows Server 2025 with desktop: where the version of the image is known to be an older one, the step is
   * refused; else the instance is asked. Needs the Visual C++ runtime too: see `visualCppRedistributable`.
   *
   * At the end the list of packages that Winget keeps for each user is removed: Sysprep refuses to generalize where it is
   * (microsoft/winget-cli#5599).
   */
  public static packages(packages: WingetPackage[], options: WingetOptions = {}): Step {
    return windowsStep('Winget', (scope, bind) => {
      checkSystem(scope, bind);
      checkPackages(scope, packages, {
        manager: 'Winget',
        nameOf: ({ id }) => id,
        name: /^[^\s.\\/:*?"<>|-](?=[^\s.]*\.\S)[^\s\\/:*?"<>|]+$/,
        version: /^[^\s\\/:*?"<>|-][^\\/:*?"<>|]*$/,
        allowUnpinned: options.allowUnpinned,
      });
      return [
        ...options.visualCppRedistributable === undefined ? [] : installRuntime(scope, bind, options.visualCppRedistributable),
        ...packages.flatMap((each) => installProgram(scope, bind, {
          stepName: 'InstallPackage',
          label: `winget install ${each.id}`,
          path: '$winget',
          commandLine: commandLine(installArguments(each, options)),
          exitCodes: ExitCodes.of(CODES),
          before: [...findWinget(bind), ...TRY_WINGET],
          after: each.version === undefined ? [] : checkInstalled(each.id, each.version),
        })),
        ...scriptActions(scope, bind, 'RemoveWingetSource', REMOVE_SOURCE),
      ];
    });
  }

  private constructor() {}
}

function checkSystem(scope: Construct, { osVersion }: StepBindOptions): void {
  if (osVersion?.isOlderThan(OperatingSystemVersion.WINDOWS_SERVER_2025)) {
    throw new InvalidInputError(scope, {
      what: `Winget is used on ${osVersion}`,
      expected: 'Windows Server 2025 with desktop, the first that has it',
      fix: 'take a newer parent, or Chocolatey.packages',
    });
  }
}

const INSTALLER_FOLDER: Record<InstanceArchitecture, string> = {
  [InstanceArchitecture.X86_64]: 'WindowsApps\\Microsoft.DesktopAppInstaller_*_x64__8wekyb3d8bbwe\\winget.exe',
  [InstanceArchitecture.ARM_64]: 'WindowsApps\\Microsoft.DesktopAppInstaller_*_arm64__8wekyb3d8bbwe\\winget.exe',
};

/**
 * SYSTEM has no alias of winget: it is run from where it lies (assumption: winget-for-system). Build 26100 is Windows Server 2025.
 */
const findWinget = ({ architecture }: StepBindOptions): string[] => [
  "$windows = Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'",
  "if ($windows.InstallationType -eq 'Server Core') { throw 'Winget does not run on Server Core' }",
  "if ($windows.InstallationType -eq 'Server' -and [int]$windows.CurrentBuildNumber -lt 26100) { throw 'Winget needs Windows Server 2025' }",
  `$winget = Get-ChildItem -Path (Join-Path $env:ProgramFiles '${INSTALLER_FOLDER[architecture]}') |`,
  // The name of the folder is name_version_architecture__publisher.
  "  Sort-Object -Property { [version]$_.Directory.Name.Split('_')[1] } | Select-Object -Last 1 -ExpandProperty FullName",
  "if (-not $winget) { throw 'Winget is not there: the App Installer is not provisioned in this image' }",
];

/**
 * Winget as SYSTEM finds no package that it depends on, but what all programs find; without the runtime it ends at once, with no output
 * (microsoft/winget-cli#2748). It is tried, and the files are only looked for where it fails: another Winget may need others.
 */
const TRY_WINGET = [
  "$said = & $winget '--version' | Out-String",
  "if ($LASTEXITCODE -ne 0 -or $said.Trim() -eq '') {",
  "  $missing = @('vcruntime140.dll', 'vcruntime140_1.dll', 'msvcp140.dll' | Where-Object { -not (Test-Path -LiteralPath \"C:\\Windows\\System32\\$_\") })",
  "  $reason = if ($missing.Count -eq 0) { '' } else { '; C:\\Windows\\System32 lacks {0} of the Visual C++ runtime: give Winget.packages the option visualCppRedistributable' -f ($missing -join ', ') }",
  "  throw ('winget --version, as SYSTEM: exit code {0}{1}' -f $LASTEXITCODE, $reason)",
  '}',
];

/** The installer's own switches ("Redistributing Visual C++ Files"). 1638: a newer one is installed. */
function installRuntime(scope: Construct, bind: StepBindOptions, source: Source): StepAction[] {
  const files = media(scope, bind, source);
  const program = programOf(scope, files);
  return [...files.fetch, ...installProgram(scope, bind, {
    stepName: 'InstallRuntime',
    label: files.name,
    path: powershellQuoted(program),
    commandLine: '/install /quiet /norestart',
    exitCodes: ExitCodes.windowsInstaller().extended({ success: [1638] }),
    before: checkSignature(program),
  }), ...files.remove];
}

const installArguments = ({ id, version, installerArguments }: WingetPackage, { source = 'winget' }: WingetOptions): string[] => [
  'install', '--exact', '--id', id,
  ...version === undefined ? [] : ['--version', version],
  '--scope', 'machine', '--silent', '--accept-package-agreements', '--accept-source-agreements', '--disable-interactivity',
  '--source', source,
  ...installerArguments === undefined ? [] : ['--custom', installerArguments],
];

/** What was there already may be of another version. */
const checkInstalled = (id: string, version: string): string[] => [
  'if (@(0, -1978334967, -1978334965) -notcontains $code) {',
  `  $installed = & $winget 'list' '--exact' '--id' ${powershellQuoted(id)} '--accept-source-agreements' '--disable-interactivity' | Out-String`,
  // The version stands behind the id; 2.45.0 is a part of 12.45.0, and the newest that there is stands in the same line. 2.45 is 2.45.0.
  `  $row = '(?m)(?:^|\\s){0}\\s+{1}(?:\\.0)*(?:\\s|$)' -f [regex]::Escape(${powershellQuoted(id)}), [regex]::Escape(${powershellQuoted(version.replace(/(?<!\.0)(?:\.0)+$/, ''))})`,
  "  if ($installed -notmatch $row) { throw ('{0}: another version is installed: {1}' -f $label, $installed) }",
  '}',
  '$global:LASTEXITCODE = 0',
];

/** (assumption: winget-source-removal) */
const REMOVE_SOURCE = [
  "Get-AppxPackage -AllUsers -Name 'Microsoft.Winget.Source' | ForEach-Object { Remove-AppxPackage -Package $_.PackageFullName -AllUsers }",
  "$left = Get-AppxPackage -AllUsers -Name 'Microsoft.Winget.Source'",
  "if ($left) { throw ('Sysprep would fail: {0} is still there' -f ($left.PackageFullName -join ', ')) }",
];
