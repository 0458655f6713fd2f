import { win32 } from 'node:path';
import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { commandLine } from './command-line';
import { ExitCodes } from './exit-codes';
import { installProgram } from './install-program';
import { media, programOf } from './media';
import { windowsStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** Options of `Exe.install`. */
export interface ExeOptions {
  /**
   * What the program is started with, one text each: those that make it silent, and that keep it from restarting by itself.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * What stands behind the arguments, as it is: for programs that split their command line in a way of their own.
   *
   * @default - nothing
   */
  readonly commandLine?: string;

  /**
   * What its exit codes mean.
   *
   * @default ExitCodes.windowsInstaller()
   */
  readonly exitCodes?: ExitCodes;

  /**
   * Path of the program in the archive.
   *
   * @default - the source is the program
   */
  readonly program?: string;

  /**
   * Path of the log that the program writes; its end is shown where it fails.
   *
   * @default - none
   */
  readonly log?: string;
}

/** Setup programs. */
export class Exe {
  /**
   * Downloads a setup program, runs it, waits for it, and acts on its exit code: success, success after a restart, another attempt after a
   * restart, or a failure with program, code and meaning. A code outside of the table fails. The program is removed afterwards. What is no
   * program of Windows, such as `.msi` and `.msu`, is refused.
   */
  public static install(source: Source, options: ExeOptions = {}): Step {
    return windowsStep('Exe', (scope, bind) => {
      const files = media(scope, bind, source);
      const program = programOf(scope, files, options.program);
      checkProgram(scope, program);
      const given = [commandLine(options.arguments ?? []), options.commandLine ?? ''].filter((text) => text !== '').join(' ');
      return [...files.fetch, ...installProgram(scope, bind, {
        stepName: 'InstallExe',
        label: win32.basename(program),
        path: powershellQuoted(program),
        commandLine: given,
        exitCodes: options.exitCodes ?? ExitCodes.windowsInstaller(),
        log: options.log,
      }), ...files.remove];
    });
  }

  private constructor() {}
}

/** What takes its place, by the ending of what is no program. */
const INSTEAD: Record<string, string> = {
  '.msi': 'take Msi.install',
  '.ps1': 'take PowerShellScript.asset',
  '.msu': 'give wusa.exe its path: Step.download, and Step.powershell with wusa.exe /quiet /norestart; or let Windows Update install it',
  '.cab': 'download it, and call Dism.exe /Online /Add-Package by Step.powershell',
};

/** Windows starts these without a shell (CreateProcess). */
function checkProgram(scope: Construct, program: string): void {
  const ending = win32.extname(program).toLowerCase();
  if (['.exe', '.com', '.bat', '.cmd'].includes(ending) || Token.isUnresolved(program)) return;
  throw new InvalidInputError(scope, {
    what: `'${win32.basename(program)}' is no program that Windows can start`,
    expected: 'a file with .exe, .com, .bat or .cmd at its end',
    fix: INSTEAD[ending] ?? 'correct the source',
  });
}
