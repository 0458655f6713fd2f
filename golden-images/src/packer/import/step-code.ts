import { call, callOn, list, options, plain, text, type Code } from './code';
import type { Places } from './places';
import type { ActionPlan, ScriptPlan, ScriptSettings, SourcePlan, StepPlan, StepPlanOptions } from '../../../../src/packer/plan';

/** Writes steps as the code that makes them. */
export class StepCode {
  /** @param secret the code of the secret of a sensitive variable */
  public constructor(private readonly places: Places, private readonly secret: (variable: string) => Code) {}

  public step(step: StepPlan): Code {
    const code = this.action(step);
    return step.options ? callOn(code, 'withOptions', [stepOptions(step.options)]) : code;
  }

  private action(step: ActionPlan): Code {
    switch (step.kind) {
      case 'bash': return call('Step', 'bash', step.commands.map(text));
      case 'powershell': return call('Step', 'powershell', step.commands.map(text));
      case 'sequence': return call('Step', 'sequence', step.steps.map((each) => this.step(each)));
      case 'reboot': return call('Step', 'reboot');
      case 'download': return call('Step', 'download', [this.source(step.source), text(step.destination)]);
      case 'packerScript': return this.script(step.script);
      case 'onFiles': return call('PackerScript', 'onFiles', [this.source(step.folder), options({
        stepName: text(step.stepName), program: text(step.program), commands: tall(step.commands),
      })]);
      case 'ansiblePlaybook': return call('Ansible', 'playbook', [this.source(step.folder), settings(step.settings)]);
      case 'windowsUpdate': return call('WindowsUpdate', 'install', [settings(step.settings)]);
      case 'checkNoRestartPending': return call('WindowsUpdate', 'checkNoRestartPending', [options({ within: seconds(step.withinSeconds) })]);
    }
  }

  private script(script: ScriptPlan): Code {
    return call('PackerScript', script.language, [tall(script.lines), options({ ...this.settings(script.settings), ...ownSettings(script) })]);
  }

  private settings({ label, environment, secrets, validExitCodes }: ScriptSettings): Record<string, Code | undefined> {
    return {
      label: text(label),
      environment: environment && valueCode(environment),
      secrets: secrets && { kind: 'map', entries: Object.entries(secrets).map(([name, variable]) => [name, this.secret(variable)] as const) },
      validExitCodes: validExitCodes && valueCode(validExitCodes),
    };
  }

  private source(source: SourcePlan): Code {
    switch (source.kind) {
      case 'asset': return call('Source', 'asset', [this.places.file(source.path)]);
      case 'text': return call('Source', 'text', [text(source.fileName), text(source.text)]);
      case 'staged': return call('Source', 'asset', [this.places.staged(source)]);
    }
  }
}

/** What only scripts of this language have. */
function ownSettings(script: ScriptPlan): Record<string, Code | undefined> {
  switch (script.language) {
    case 'shell': return { interpreter: script.interpreter === undefined ? undefined : text(script.interpreter) };
    case 'powershell':
    case 'pwsh': return { inline: script.inline ? plain(true) : undefined };
    case 'batch': return {};
  }
}

/** The lines of a script are read one below the other. */
const tall = (lines: readonly string[]): Code => (lines.length > 1 ? { ...list(...lines.map(text)), tall: true } as Code : list(...lines.map(text)));

const seconds = (count: number): Code => call('Duration', 'seconds', [plain(count)], 'aws-cdk-lib');

const settings = (given: object): Code => options(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, valueCode(value)])));

const stepOptions = ({ stepName, timeoutSeconds, maxAttempts }: StepPlanOptions): Code => options({
  stepName: stepName === undefined ? undefined : text(stepName),
  timeout: timeoutSeconds === undefined ? undefined : seconds(timeoutSeconds),
  maxAttempts: maxAttempts === undefined ? undefined : plain(maxAttempts),
});

/** A value of JSON, whose names are the user's. */
function valueCode(value: unknown): Code {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return plain(value);
  if (Array.isArray(value)) return list(...value.map(valueCode));
  return { kind: 'map', entries: Object.entries(value as object).map(([name, item]) => [name, valueCode(item)] as const) };
}
