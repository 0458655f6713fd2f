import { linuxScript } from './constructs/linux-script';
import { stagedStep } from './constructs/staged-step';
import { windowsScript } from './constructs/windows-script';
import type { PackerScriptFilesOptions, PackerScriptOptions, PackerShellOptions } from './packer-script-options';
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

  /** A script of Windows PowerShell, run as SYSTEM. */
  public static powershell(lines: string[], options: PackerScriptOptions = {}): Step {
    return windowsScript({ ...common(options), fileName: 'script.ps1', text: marked(textOf(lines, '\n')), run: asPacker });
  }

  /** A script of PowerShell 7 (`pwsh`), which must be on the instance. */
  public static pwsh(lines: string[], options: PackerScriptOptions = {}): Step {
    const run = (path: string): string[] => [`& pwsh -NoProfile -NonInteractive -ExecutionPolicy Bypass -File ${path}`];
    return windowsScript({ ...common(options), fileName: 'script.ps1', text: marked(textOf(lines, '\n')), run });
  }

  /** A batch file, run as SYSTEM by `cmd /c`. */
  public static batch(lines: string[], options: PackerScriptOptions = {}): Step {
    return windowsScript({ ...common(options), fileName: 'script.bat', text: textOf(lines, '\r\n'), run: (path) => [`& cmd.exe /c ${path}`] });
  }

  /** Brings a folder to the instance, runs commands of bash in it, and removes it: for tools of configuration management. Linux. */
  public static onFiles(folder: Source, options: PackerScriptFilesOptions): Step {
    return stagedStep(folder, options);
  }

  private constructor() {}
}

// As Packer runs it: without a preference for errors, so that what a program writes to its error stream, redirected, is no error of Windows
// PowerShell 5.1 (PowerShell/PowerShell#3996); but what ends a command ends the script, because Packer has a try around it.
const asPacker = (path: string): string[] => ["$ErrorActionPreference = 'Continue'", `try { & ${path} } catch { throw }`, "$ErrorActionPreference = 'Stop'"];

const common = ({ label = 'script', environment = {}, secrets = {}, validExitCodes = [0] }: PackerScriptOptions) =>
  ({ label, environment: { texts: environment, secrets }, validExitCodes });

const textOf = (lines: string[], end: string): string => lines.map((line) => `${line}${end}`).join('');

/** With a byte order mark: without one, Windows PowerShell takes letters beyond ASCII for those of the old code page. */
const marked = (text: string): string => `\uFEFF${text.replace(/^\uFEFF/, '')}`;
