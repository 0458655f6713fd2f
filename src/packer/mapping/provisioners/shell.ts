import type { ProvisionerMapping } from './provisioner';
import type { StepPlan } from '../../plan';
import { pause, UPLOADS } from '../common-options';
import type { MappingContext } from '../context';
import { present } from '../present';
import { environmentOf, withPackerVariables, type ScriptEnvironment } from '../scripts/environment';
import { executionOf, type Execution } from '../scripts/execute-command';
import { validExitCodes } from '../scripts/exit-codes';
import { inlineForShell } from '../scripts/inline-secrets';
import { LINUX_REBOOT, rebootAt, withoutReboot } from '../scripts/reboot';
import { linesOf, scriptSettings } from '../scripts/script-settings';
import { scriptsOf, type ScriptText } from '../scripts/script-text';
import { dropped, each, mapped } from '../treatment';
import type { Values } from '../values';

export const shell: ProvisionerMapping = {
  type: 'shell',
  becomes: 'a script run as root by `ExecuteBash`; long ones travel as assets; a restart at its end becomes a `Reboot` step',
  platform: 'Linux',
  options: {
    inline: mapped('the script; a sensitive variable in it becomes one of the environment, fetched on the instance'),
    ...each('script scripts', mapped('the script')),
    ...each('environment_vars env', mapped('environment of the script; sensitive variables are fetched on the instance')),
    inline_shebang: mapped('the program that runs `inline`; `/bin/sh -e` as in Packer'),
    execute_command: mapped('the shell it names; forms that make the script root\'s, which it is; others are refused'),
    valid_exit_codes: mapped('exit codes that are success'),
    expect_disconnect: mapped('a `Reboot` step, where the script ends with a restart'),
    pause_after: mapped('a step that waits'),
    binary: mapped('line ends are kept'),
    ...each(UPLOADS, dropped('Image Builder brings scripts to the instance, and removes them')),
    ...each('env_var_format use_env_var_file', dropped('environment variables are set by the step')),
  },
  map(values, context) {
    context.part.inform(values.at, 'the script runs as root, whose home is /root');
    const execution = executionOf(values);
    const environment = environmentOf(values, context);
    const steps = scriptsIn(values, environment, execution, context).flatMap((script) =>
      scriptSteps(script, { ...environment, secrets: new Map([...environment.secrets, ...script.secrets ?? []]) }, execution, values, context));
    return [...steps, ...pause(values, 'pause_after', 'Linux')];
  },
};

const DEFAULT_INTERPRETER = '/bin/sh -e';

/** Sensitive variables stand in commands for a shell only: of its quotes we know. */
function scriptsIn(values: Values, { texts, secrets }: ScriptEnvironment, { interpreter }: Execution, context: MappingContext): ScriptText[] {
  if (!isShell(interpreter ?? values.text('inline_shebang') ?? DEFAULT_INTERPRETER)) return scriptsOf(values);
  return scriptsOf(values, (items) => inlineForShell(items, [...texts.keys(), ...secrets.keys()], context));
}

function scriptSteps(script: ScriptText, environment: ScriptEnvironment, execution: Execution, values: Values, context: MappingContext): StepPlan[] {
  const { text, reboot } = withoutReboot({ ...script, text: spelledOut(script.text, environment) }, LINUX_REBOOT, context.part);
  const interpreter = execution.interpreter ?? ownInterpreter(script, values);
  const plan = {
    language: 'shell' as const,
    lines: withArguments(linesOf(text), interpreter, execution, values),
    settings: scriptSettings(script.fileName ?? 'inline script', withPackerVariables(environment, text, context), validExitCodes(values)),
    interpreter: interpreter === DEFAULT_INTERPRETER ? undefined : interpreter,
  };
  const step: StepPlan = { kind: 'packerScript', at: script.at, script: present(plan) };
  return [...text.trim() === '' ? [] : [step], ...reboot ? [rebootAt(script.at)] : []];
}

const isShell = (interpreter: string): boolean => /(?:^|[\s/])(?:ba|da|k|z)?sh(?:\s|$)/.test(interpreter);

/** A script whose arguments stand in its first line, which names its interpreter else. */
function withArguments(lines: string[], interpreter: string, { arguments: words }: Execution, values: Values): string[] {
  if (words === undefined) return lines;
  if (!isShell(interpreter)) {
    values.fail('execute_command', `the script is given arguments, and ${interpreter.slice(0, 40)} is no shell`, 'write them into the script');
  }
  return [`set -- ${words}`, ...lines.slice(lines[0]!.startsWith('#!') ? 1 : 0)];
}

/** A restart by `eval "$NAME"`, where the environment says that it is one: so `golden-images render` writes it. */
const spelledOut = (text: string, { texts }: ScriptEnvironment): string =>
  text.replace(/^eval "\$(\w+)"$/gm, (line, name: string) => (LINUX_REBOOT.restarts.test(texts.get(name)?.trim() ?? '') ? texts.get(name)! : line));

/**
 * What the first line names. A file without one is no program for the kernel: the shell of the user runs it then
 * (assumption: users-have-bash); sudo or env, which an `execute_command` has before it, take sh (glibc, execvp; sudo, `sudo_execve`).
 */
function ownInterpreter({ fileName, text }: ScriptText, values: Values): string {
  if (fileName === undefined) return values.text('inline_shebang') ?? DEFAULT_INTERPRETER;
  return /^#!\s*(\S[^\r\n]*)/.exec(text)?.[1]?.trim() ?? (values.setting('execute_command') === undefined ? '/bin/bash' : '/bin/sh');
}
