import { linuxScript } from './constructs/linux-script';
import { packerPowerShell, type PowerShellProgram } from './constructs/packer-powershell';
import { stagedStep } from './constructs/staged-step';
import { windowsScript } from './constructs/windows-script';
import type { PackerPowerShellOptions, PackerScriptFilesOptions, PackerScriptOptions, PackerShellOptions } from './packer-script-options';
import type { Source } from '../component/source';
import type { Step } from '../component/step';

/**
 * Scripts, run as the provisioners of Packer run them: as a file, by an interpreter, once, with an environment, and with its exit code looked
 * at. What `golden-images packer import` writes; for new steps `Step.bash` and `Step.powershell` are stricter and shorter.
 */
export class PackerScript {
  /** A script of a Linux shell, or of whatever `interpreter` names. It runs as root. */
  public static shell(lines: string[], options: PackerShellOptions = {}): Step {
    return linuxScript({ ...common(options), text: textOf(lines, '\n'), interpreter: options.interpreter ?? '/bin/sh -e' });
  }

  /**
   * A script of Windows PowerShell, run as SYSTEM. It goes on after errors, as by Packer: `throw`, `$ErrorActionPreference = 'Stop'` and exit
   * codes end or fail it, with `inline` also errors that end a command.
   */
  public static powershell(lines: string[], options: PackerPowerShellOptions = {}): Step {
    return powershellScript('powershell', lines, options);
  }

  /** The same of PowerShell 7 (`pwsh`), which must be on the instance. */
  public static pwsh(lines: string[], options: PackerPowerShellOptions = {}): Step {
    return powershellScript('pwsh', lines, options);
  }

  /** A batch file, run as SYSTEM by `cmd /c`. In its environment, `%NAME%` is what that variable has on the instance. */
  public static batch(lines: string[], options: PackerScriptOptions = {}): Step {
    // Packer writes `set "NAME=value" && ` before the file, which cmd expands (provisioner/windows-shell/provisioner.go, 1.9.4).
    const run = (path: string): string[] => [`& cmd.exe /c ${path}`];
    return windowsScript({ ...common(options), fileName: 'script.bat', text: textOf(lines, '\r\n'), run, expands: true });
  }

  /** Brings a folder to the instance, runs commands of bash in it, and removes it: for tools of configuration management. Linux. */
  public static onFiles(folder: Source, options: PackerScriptFilesOptions): Step {
    return stagedStep(folder, options);
  }

  private constructor() {}
}

const powershellScript = (program: PowerShellProgram, lines: string[], options: PackerPowerShellOptions): Step =>
  windowsScript({ ...common(options), ...packerPowerShell(program, textOf(lines, '\n'), options.inline ?? false) });

const common = ({ label = 'script', environment = {}, secrets = {}, validExitCodes = [0] }: PackerScriptOptions) =>
  ({ label, environment: { texts: environment, secrets }, validExitCodes });

const textOf = (lines: string[], end: string): string => lines.map((line) => `${line}${end}`).join('');
