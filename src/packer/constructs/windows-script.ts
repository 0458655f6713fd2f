import type { ScriptEnvironment } from './script-environment';
import { bindSecrets } from './secrets';
import { powershellFetch } from '../../component/secret-fetch';
import { Source } from '../../component/source';
import type { Step } from '../../component/step';
import { powershellQuoted } from '../../component/step/quoting';
import { ExitCodes } from '../../component/windows/exit-codes';
import { actOnExitCode } from '../../component/windows/install-program';
import { media } from '../../component/windows/media';
import { scriptActions, windowsStep } from '../../component/windows/windows-step';

/** A script of Windows, and how it is run. */
export interface WindowsScript {
  /** What messages call it. */
  readonly label: string;
  readonly fileName: string;
  readonly text: string;
  readonly environment: ScriptEnvironment;
  readonly validExitCodes: number[];
  /** Whether what stands between % in an environment variable is replaced by the value of that variable. */
  readonly expands?: boolean;
  /** The command for the script, whose path is a quoted word of PowerShell. */
  run(path: string): string[];
}

/** Runs a script as Packer does: environment, one run, its exit code looked at. It travels as an asset, so that anything may be in it. */
export const windowsScript = (script: WindowsScript): Step => windowsStep('PackerScript', (scope, options) => {
  const files = media(scope, options, Source.text(script.fileName, script.text));
  const lines = [
    ...bindSecrets(scope, options, script.environment.secrets, powershellFetch),
    ...Object.entries(script.environment.texts).map(([name, value]) => `$env:${name} = ${valueOf(value, script)}`),
    '$global:LASTEXITCODE = 0',
    ...script.run(powershellQuoted(files.path)),
    '$code = $LASTEXITCODE',
    ...actOnExitCode({ label: script.label }, ExitCodes.of({ success: script.validExitCodes })._signed(scope)),
    '$global:LASTEXITCODE = 0',
  ];
  return [...files.fetch, ...scriptActions(scope, options, 'PackerScript', lines), ...files.remove];
});

const valueOf = (value: string, { expands = false }: WindowsScript): string =>
  (expands && value.includes('%') ? `[Environment]::ExpandEnvironmentVariables(${powershellQuoted(value)})` : powershellQuoted(value));
