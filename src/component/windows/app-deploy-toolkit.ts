import { win32 } from 'node:path';
import { commandLine } from './command-line';
import { ExitCodes } from './exit-codes';
import { installProgram } from './install-program';
import { media, programOf } from './media';
import { windowsStep } from './windows-step';
import type { Source } from '../source';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** What a deployment does. */
export enum DeploymentType {
  /** Installs. */
  INSTALL = 'Install',
  /** Removes. */
  UNINSTALL = 'Uninstall',
  /** Repairs. */
  REPAIR = 'Repair',
}

/** How much a deployment shows. In a build nobody looks. */
export enum DeployMode {
  /** Nothing. */
  SILENT = 'Silent',
  /** Windows that need no answer. */
  NON_INTERACTIVE = 'NonInteractive',
}

/** Options of `AppDeployToolkit.v3` and `AppDeployToolkit.v4`. */
export interface AppDeployToolkitOptions {
  /**
   * What is done.
   *
   * @default DeploymentType.INSTALL
   */
  readonly deploymentType?: DeploymentType;

  /**
   * How much is shown.
   *
   * @default DeployMode.SILENT
   */
  readonly deployMode?: DeployMode;

  /**
   * Folder of the package in the archive.
   *
   * @default - the package lies at the top of the archive
   */
  readonly folder?: string;

  /**
   * Further arguments of the package, one text each.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * What exit codes mean; those of a package (69000 to 69999 are free for it) by `AppDeployToolkit.exitCodes().extended({ … })`.
   *
   * @default AppDeployToolkit.exitCodes()
   */
  readonly exitCodes?: ExitCodes;
}

/** PSAppDeployToolkit, "Exit codes": 60000 to 68999 are the toolkit's own. */
const TOOLKIT_CODES = {
  success: [0],
  successWithReboot: [1641, 3010],
  // Another installation is in progress, or the deployment was deferred.
  retryLater: [1618],
  failures: {
    60001: 'an error in the deployment script that nothing handled',
    60002: 'a program that the deployment started could not be run',
    60008: 'the toolkit could not be initialized',
    60010: 'the launcher failed before it started PowerShell',
    60011: 'the launcher could not start PowerShell',
    60012: 'the deployment was deferred by a user',
  },
};

/**
 * Packages of the PowerShell App Deployment Toolkit, as zip archive or folder. The toolkit's log stays where the package writes it.
 *
 * A restart is asked for by exit code, never taken: the toolkit must hand it on. Versions before 4.1 do so only with `-AllowRebootPassThru`,
 * which 4.1 refuses; so the script on the instance is asked for its parameters (PSAppDeployToolkit/PSAppDeployToolkit#1352).
 */
export class AppDeployToolkit {
  /** A package of version 3, with `Deploy-Application.exe`. */
  public static v3(source: Source, options: AppDeployToolkitOptions = {}): Step {
    return deployment(source, 'Deploy-Application', options);
  }

  /** A package of version 4, with `Invoke-AppDeployToolkit.exe`. */
  public static v4(source: Source, options: AppDeployToolkitOptions = {}): Step {
    return deployment(source, 'Invoke-AppDeployToolkit', options);
  }

  /** The exit codes of the toolkit: 0; 1641 and 3010 with a restart. */
  public static exitCodes(): ExitCodes {
    return ExitCodes.of(TOOLKIT_CODES);
  }

  private constructor() {}
}

function deployment(source: Source, name: string, options: AppDeployToolkitOptions): Step {
  const { deploymentType = DeploymentType.INSTALL, deployMode = DeployMode.SILENT } = options;
  return windowsStep('AppDeployToolkit', (scope, bind) => {
    const files = media(scope, bind, source);
    const fileOf = (extension: string): string => powershellQuoted(programOf(scope, files, win32.join(options.folder ?? '', `${name}.${extension}`)));
    return [...files.fetch, ...installProgram(scope, bind, {
      stepName: 'DeployApplication',
      label: `${name}.exe (${files.name})`,
      path: fileOf('exe'),
      commandLine: commandLine(['-DeploymentType', deploymentType, '-DeployMode', deployMode, ...options.arguments ?? []]),
      lastArguments: '$handOn',
      exitCodes: options.exitCodes ?? AppDeployToolkit.exitCodes(),
      before: askForParameters(fileOf('ps1')),
    }), ...files.remove];
  });
}

/** Parsed and not run: which parameters the script of the package takes. */
const askForParameters = (script: string): string[] => [
  `$parsed = [System.Management.Automation.Language.Parser]::ParseInput((Get-Content -LiteralPath ${script} -Raw), [ref]$null, [ref]$null)`,
  '$parameters = @($parsed.ParamBlock.Parameters | ForEach-Object { $_.Name.VariablePath.UserPath })',
  "$handOn = if ($parameters -contains 'AllowRebootPassThru') { ' -AllowRebootPassThru' } else { '' }",
];
