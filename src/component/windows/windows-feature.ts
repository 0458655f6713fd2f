import type { Construct } from 'constructs';
import { RETRY_FLAG, TAKE_RETRY_FLAG } from './install-program';
import { rebootIfNeeded, writeFlag } from './reboot-if-needed';
import { WEB_FEATURES } from './web-features';
import { scriptActions, windowsStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import { nearest } from '../../private/nearest';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** Options of `WindowsFeature.install`. */
export interface WindowsFeatureOptions {
  /**
   * Whether the tools that manage the features are installed too.
   *
   * @default false
   */
  readonly includeManagementTools?: boolean;

  /**
   * Whether everything below the features is installed too.
   *
   * @default false
   */
  readonly includeAllSubFeature?: boolean;

  /**
   * Folder with the files of features whose payload is not in the image, such as `NET-Framework-Core`.
   *
   * @default - Windows Update
   */
  readonly sourceFolder?: string;
}

/** Roles and features of Windows Server. */
export class WindowsFeature {
  /** Installs features, fails where one was not installed, and restarts where required. */
  public static install(names: string[], options: WindowsFeatureOptions = {}): Step {
    return windowsStep('WindowsFeature', (scope, bind) => {
      const flags = [
        ...options.includeManagementTools ? ['-IncludeManagementTools'] : [],
        ...options.includeAllSubFeature ? ['-IncludeAllSubFeature'] : [],
        ...options.sourceFolder === undefined ? [] : ['-Source', powershellQuoted(options.sourceFolder)],
      ];
      const command = ['Install-WindowsFeature -Name', listOfFeatures(scope, names), ...flags].join(' ');
      return [...scriptActions(scope, bind, 'InstallFeature', change(command, 'Install-WindowsFeature')), ...rebootIfNeeded()];
    });
  }

  /** Removes features, and restarts where required. */
  public static uninstall(names: string[]): Step {
    return windowsStep('WindowsFeature', (scope, bind) => {
      const command = `Uninstall-WindowsFeature -Name ${listOfFeatures(scope, names)}`;
      return [...scriptActions(scope, bind, 'UninstallFeature', change(command, 'Uninstall-WindowsFeature')), ...rebootIfNeeded()];
    });
  }

  private constructor() {}
}

/** `ExitCode` is Success, NoChangeNeeded, SuccessRestartRequired, FailedRestartRequired or another failure; `RestartNeeded` is No, Yes or Maybe (ServerManager module). */
const change = (command: string, name: string): string[] => [
  ...TAKE_RETRY_FLAG,
  `$result = ${command}`,
  // Windows waits for a restart, and has changed nothing: once more after it (assumption: feature-restart-first).
  `if ("$($result.ExitCode)" -eq 'FailedRestartRequired' -and -not $retried) { ${writeFlag(RETRY_FLAG)}; '${name}: restart first'; exit 3010 }`,
  `if (-not $result.Success) { throw ('${name}: {0}' -f $result.ExitCode) }`,
  `if ($result.RestartNeeded -ne 'No') { ${writeFlag()} }`,
  `'${name}: {0}, restart needed: {1}' -f $result.ExitCode, $result.RestartNeeded`,
];

/** Names of features as PowerShell takes them. */
export function listOfFeatures(scope: Construct, names: string[]): string {
  if (names.length === 0) {
    throw new InvalidInputError(scope, { what: 'a list of Windows features is empty', expected: 'one or more', fix: 'name a feature, or leave the step out' });
  }
  const wrong = names.find((name) => !/^[A-Za-z0-9-]+$/.test(name));
  if (wrong !== undefined) {
    throw new InvalidInputError(scope, {
      what: `the name '${wrong}' of a feature is not valid`, expected: 'a name as Get-WindowsFeature lists it, such as Web-Server', fix: 'correct the name',
    });
  }
  names.forEach((name) => checkWebFeature(scope, name));
  return names.map(powershellQuoted).join(', ');
}

/** Other features are not looked at: programs of Microsoft add some. */
function checkWebFeature(scope: Construct, name: string): void {
  if (!/^web-/i.test(name) || WEB_FEATURES.some((known) => known.toLowerCase() === name.toLowerCase())) { return; }
  const near = nearest(name, WEB_FEATURES);
  throw new InvalidInputError(scope, {
    what: `the feature '${name}' does not exist`,
    expected: 'a role service of IIS as Get-WindowsFeature Web-* lists it, such as Web-Asp-Net45',
    fix: near === undefined ? 'correct the name' : `did you mean '${near}'?`,
  });
}
