import type { Body } from './packer-bodies';

/** How a script reaches Packer: as a file (`script`, `scripts`), or by `inline`. */
export type Form = 'script' | 'inline';

/** `psEscape` of provisioner/powershell/provisioner.go: what Packer puts before what is special between double quotes. */
const escaped = (value: string): string => value.replace(/[$"`']/g, '`$&');

/** `createFlattenedEnvVars` of the same: `$env:%s="%s"; ` by name, with two of Packer's own. `elevated_env_var_format` is no other. */
const environment = ({ environment: own = {} }: Body): string =>
  Object.entries({ PACKER_BUILD_NAME: 'amazon-ebs', PACKER_BUILDER_TYPE: 'amazon-ebs', ...own }).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `$env:${name}="${escaped(value)}"; `).join('');

/**
 * A file: `defaultExecuteCommand` of provisioner/powershell/provisioner.go in hashicorp/packer v1.9.4 (MPL-2.0), for `powershell
 * -executionpolicy bypass "…"`; in v1.16 `defaultScriptCommand`, the same. Elevated, a task of Windows runs the same line by `cmd /c`, and its
 * result is the exit code (guestexec/elevated.go of packer-plugin-sdk v0.4.0).
 */
const fileCommand = (variables: string, path: string): string =>
  '& { if (Test-Path variable:global:ProgressPreference)'
  + "{set-variable -name variable:global:ProgressPreference -value 'SilentlyContinue'};"
  + `. ${variables}; &'${path}'; exit $LastExitCode }`;

/**
 * `inline` since v1.13 (hashicorp/packer#13334), by `-file`, in words of ours after `wrapPowershellString` of v1.16: environment and lines,
 * each with a line break and a tab behind it, in one `try`; what is caught is an error and 1; a last exit code other than 0 wins.
 */
const inlineScript = (given: Body): string => [
  '$outcome = 0', 'try {', environment(given), given.lines.map((line) => `${line}\n\t`).join(''), '$outcome = 0',
  '} catch { Write-Error "$_"; $outcome = 1 }',
  'if ((Test-Path variable:global:LASTEXITCODE) -and ($LASTEXITCODE -ne $null) -and ($LASTEXITCODE -ne 0)) { $outcome = $LASTEXITCODE }',
  'exit $outcome', '',
].join('\n');

/** What Packer uploads, by path, and what it then runs. */
export interface PackerRun {
  readonly files: Readonly<Record<string, string>>;
  readonly by: '-command' | '-file';
  /** The command, or the path of the file. */
  readonly what: string;
}

export function packerRun(given: Body, form: Form, folder: string): PackerRun {
  const [variables, script] = [`${folder}packer-variables.ps1`, `${folder}packer-script.ps1`];
  if (form === 'inline') return { files: { [script]: inlineScript(given) }, by: '-file', what: script };
  const files = { [variables]: environment(given), [script]: given.lines.map((line) => `${line}\n`).join('') };
  return { files, by: '-command', what: fileCommand(variables, script) };
}

/** `ValidExitCode` of shell/exit_code.go of packer-plugin-sdk v0.4.0. */
export const isValid = ({ validExitCodes = [] }: Body, code: number): boolean => (validExitCodes.length > 0 ? validExitCodes : [0]).includes(code);
