import { win32 } from 'node:path';
import { commandLine } from './command-line';
import { ExitCodes } from './exit-codes';
import { installProgram } from './install-program';
import { media, removeFolder } from './media';
import { checkPackages } from './packages';
import { writeFlag } from './reboot-if-needed';
import { scriptActions, windowsStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** A package of Chocolatey. */
export interface ChocolateyPackage {
  /** Its name. */
  readonly name: string;

  /**
   * Its version.
   *
   * @default - none, which is refused unless `allowUnpinned` is set
   */
  readonly version?: string;

  /**
   * Parameters of the package, such as `/NoShortcut /Dir:C:\Tools`.
   *
   * @default - none
   */
  readonly parameters?: string;
}

/** Options of `Chocolatey.packages`. */
export interface ChocolateyOptions {
  /**
   * Where packages and what they depend on come from: an internal feed by `https`, or a folder. The community's source is then disabled.
   *
   * @default - the source that Chocolatey is configured with, which is the community's
   */
  readonly source?: string;

  /**
   * Whether packages may be without a version.
   *
   * @default false
   */
  readonly allowUnpinned?: boolean;
}

/** Chocolatey documentation, "install", Exit Codes, and "Usage Tips": exit codes of packages are handed on. */
const CODES = {
  success: [0, 1605, 1614],
  successWithReboot: [1641, 3010],
  retryLater: [1618],
  failures: {
    '-1': 'an error of Chocolatey',
    '1': 'a package failed',
    '350': 'a restart is pending, and Chocolatey is configured to stop there',
    '1603': 'the installer of a package failed',
    '1604': 'a restart is pending, and Chocolatey is configured to stop there',
  },
};

/**
 * Chocolatey 2 needs .NET Framework 4.8, which Windows Server 2016 and 2019 lack: its setup installs it, ends with 0, and nothing works
 * before a restart (chocolatey/choco#3327). 528040 is its lowest release (.NET documentation, "Determine which .NET Framework versions are
 * installed").
 */
const DOTNET_48 = 528040;
const DOTNET_RELEASE = "$release = [int](Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full').Release";

/** The agent began before Chocolatey was installed, so that it does not have its variables. */
const FIND = [
  "$folder = [Environment]::GetEnvironmentVariable('ChocolateyInstall', 'Machine')",
  "if (-not $folder) { $folder = Join-Path $env:ProgramData 'chocolatey' }",
  "$choco = Join-Path $folder 'choco.exe'",
  "if (-not (Test-Path -LiteralPath $choco)) { throw 'Chocolatey is not there: install it by Chocolatey.bootstrap in a step before' }",
];

/** Chocolatey, the package manager. */
export class Chocolatey {
  /**
   * Installs Chocolatey itself.
   *
   * @param source its package, `chocolatey.<version>.nupkg`. Version 2 needs .NET Framework 4.8, which Windows Server 2016 and 2019 lack:
   * its setup downloads and installs it there, and the step restarts the instance.
   */
  public static bootstrap(source: Source): Step {
    return windowsStep('Chocolatey', (scope, options) => {
      const file = media(scope, options, source);
      if (!/\.nupkg$/i.test(file.name)) {
        throw new InvalidInputError(scope, { what: `'${file.name}' is no package of Chocolatey`, expected: 'chocolatey.<version>.nupkg', fix: 'correct the source' });
      }
      const folder = file.path.replace(/\.nupkg$/i, '');
      const old = /^chocolatey\.[01]\./i.test(file.name);
      const script = win32.join(folder, 'tools', 'chocolateyInstall.ps1');
      return [...file.fetch, ...installProgram(scope, options, {
        stepName: 'InstallChocolatey',
        label: `chocolateyInstall.ps1 (${file.name})`,
        path: powershellQuoted('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'),
        commandLine: commandLine(['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', script]),
        exitCodes: ExitCodes.of({ successWithReboot: [1641, 3010] }),
        before: [
          // Expand-Archive takes nothing that does not end in .zip, and does not overwrite what a first attempt left.
          `if (Test-Path -LiteralPath ${powershellQuoted(folder)}) { Remove-Item -LiteralPath ${powershellQuoted(folder)} -Recurse -Force }`,
          'Add-Type -AssemblyName System.IO.Compression.FileSystem',
          `[System.IO.Compression.ZipFile]::ExtractToDirectory(${powershellQuoted(file.path)}, ${powershellQuoted(folder)})`,
          ...old ? [] : [DOTNET_RELEASE],
        ],
        // What stood there before counts: the setup has written the new release, and it works after the restart.
        after: old ? [] : [`if ($release -lt ${DOTNET_48}) { '.NET Framework 4.8 was missing: restart'; ${writeFlag()} }`],
      }), ...scriptActions(scope, options, 'CheckChocolatey', [
        ...FIND,
        ...old ? [] : [DOTNET_RELEASE, `if ($release -lt ${DOTNET_48}) { throw "Chocolatey 2 needs .NET Framework 4.8 (release ${DOTNET_48}), and there is $release" }`],
        ...quietly('--version'),
        // Else Chocolatey does not know of itself, and cannot be upgraded.
        "$own = Join-Path $folder 'lib\\chocolatey'",
        'New-Item -ItemType Directory -Force -Path $own | Out-Null',
        `Copy-Item -LiteralPath ${powershellQuoted(file.path)} -Destination (Join-Path $own 'chocolatey.nupkg') -Force`,
      ]), ...file.remove, ...scriptActions(scope, options, 'RemoveMedia', removeFolder(folder))];
    });
  }

  /**
   * Installs packages, one after the other, and restarts after each that asks for it (3010, 1641). 1605 and 1614 are successes, any other
   * code fails and ends the list.
   */
  public static packages(packages: ChocolateyPackage[], options: ChocolateyOptions = {}): Step {
    return windowsStep('Chocolatey', (scope, bind) => {
      checkPackages(scope, packages, {
        manager: 'Chocolatey',
        nameOf: ({ name }) => name,
        name: /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
        version: /^\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z.-]+)?$/,
        allowUnpinned: options.allowUnpinned,
      });
      return [
        ...scriptActions(scope, bind, 'ConfigureChocolatey', configure(options)),
        ...packages.flatMap((each) => installProgram(scope, bind, {
          stepName: 'InstallPackage',
          label: `choco install ${each.name}`,
          path: '$choco',
          commandLine: commandLine(installArguments(each, options)),
          exitCodes: ExitCodes.of(CODES),
          before: FIND,
        })),
      ];
    });
  }

  private constructor() {}
}

const configure = ({ source }: ChocolateyOptions): string[] => [
  ...FIND,
  ...quietly('feature', 'enable', '--name=stopOnFirstPackageFailure', '--limit-output'),
  // So that nothing, not even a dependency, comes from the community; also not later, in the image.
  ...source === undefined ? [] : quietly('source', 'disable', '--name=chocolatey', '--limit-output'),
];

const installArguments = ({ name, version, parameters }: ChocolateyPackage, { source }: ChocolateyOptions): string[] => [
  'install', name,
  ...version === undefined ? [] : [`--version=${version}`],
  '-y', '--no-progress', '--limit-output',
  ...source === undefined ? [] : [`--source=${source}`],
  ...parameters === undefined ? [] : [`--package-parameters=${parameters}`],
];

/** `choco` for what it does to itself: 0 and 2 (nothing to change) are successes. */
const quietly = (...args: string[]): string[] => [
  `& $choco ${args.map(powershellQuoted).join(' ')}`,
  `if (@(0, 2) -notcontains $LASTEXITCODE) { throw ('choco ${args[0]}: exit code {0}' -f $LASTEXITCODE) }`,
  '$global:LASTEXITCODE = 0',
];
