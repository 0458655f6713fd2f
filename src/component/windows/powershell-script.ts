import { win32 } from 'node:path';
import type { Construct } from 'constructs';
import { ExitCodes } from './exit-codes';
import { actOnExitCode, whileBusy } from './install-program';
import { media, programOf } from './media';
import { rebootIfNeeded } from './reboot-if-needed';
import { scriptActions, windowsStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import { Source } from '../source';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** Options of `PowerShellScript`. */
export interface PowerShellScriptOptions {
  /**
   * Parameters of the script, by name; values reach it as texts, whatever is in them, and PowerShell makes of them what the parameter is.
   * They stand in the document: never a secret.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Names of the switch parameters that are set.
   *
   * @default - none
   */
  readonly switches?: string[];

  /**
   * What its exit codes mean.
   *
   * @default - 0 is success, 1641 and 3010 are success with a restart
   */
  readonly exitCodes?: ExitCodes;

  /**
   * Path of the script in the archive.
   *
   * @default - the source is the script
   */
  readonly script?: string;
}

/**
 * Scripts of Windows PowerShell, run as SYSTEM. The first error ends a script, and an exit code outside of its table fails; `exit 3010`
 * restarts once and goes on with the next step, where Image Builder by itself would run the same script again.
 */
export class PowerShellScript {
  /** A script in the app. It travels as an asset, so that anything may be in it but tokens: those go into `parameters`. */
  public static inline(text: string, options: PowerShellScriptOptions = {}): Step {
    // With a byte order mark: without one, Windows PowerShell takes letters beyond ASCII for those of the old code page.
    return run(Source.text('script.ps1', `\uFEFF${text}`), options);
  }

  /** A local file, or a folder with `script` in it. A relative path starts where the app is run. */
  public static file(path: string, options: PowerShellScriptOptions = {}): Step {
    return run(Source.asset(path), options);
  }

  /** A script, or an archive with `script` in it, from wherever it lies. */
  public static asset(source: Source, options: PowerShellScriptOptions = {}): Step {
    return run(source, options);
  }

  private constructor() {}
}

function run(source: Source, options: PowerShellScriptOptions): Step {
  return windowsStep('PowerShellScript', (scope, bind) => {
    const files = media(scope, bind, source);
    const script = programOf(scope, files, options.script);
    if (win32.extname(script).toLowerCase() !== '.ps1') {
      throw new InvalidInputError(scope, { what: `'${script}' is no script of PowerShell`, expected: 'a file with .ps1 at its end', fix: 'correct the name' });
    }
    const codes = (options.exitCodes ?? ExitCodes.of({ successWithReboot: [1641, 3010] }))._signed(scope);
    return [...files.fetch, ...scriptActions(scope, bind, 'RunScript', [
      // Scripts of one's own are not signed. Where a group policy has the last word, this fails, and the policy decides.
      'try { Set-ExecutionPolicy -Scope Process -ExecutionPolicy Bypass -Force } catch { $_.Exception.Message }',
      `Set-Location -LiteralPath ${powershellQuoted(win32.dirname(script))}`,
      `$label = ${powershellQuoted(win32.basename(script))}`,
      ...whileBusy(codes, [
        '$global:LASTEXITCODE = 0',
        ['&', powershellQuoted(script), ...parametersOf(scope, options)].join(' '),
        '$code = $LASTEXITCODE',
      ]),
      ...actOnExitCode({ label: win32.basename(script) }, codes),
      '$global:LASTEXITCODE = 0',
    ]), ...rebootIfNeeded(), ...files.remove];
  });
}

function parametersOf(scope: Construct, { parameters = {}, switches = [] }: PowerShellScriptOptions): string[] {
  for (const name of [...Object.keys(parameters), ...switches]) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new InvalidInputError(scope, {
        what: `'${name}' is no name of a parameter`, expected: 'letters, digits and underscores, without a hyphen before', fix: 'correct the name',
      });
    }
  }
  return [...Object.entries(parameters).map(([name, value]) => `-${name}:${powershellQuoted(value)}`), ...switches.map((name) => `-${name}`)];
}
