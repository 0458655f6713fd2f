import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Step, StepBindOptions, StepConfig } from './step';
import { Platform } from '../image/platform';
import { InvalidInputError } from '../private/errors';

/** Braces in user text would be taken for references to other steps. */
function withoutReferences(scope: IConstruct, commands: string[]): string[] {
  if (commands.length === 0) {
    throw new InvalidInputError(scope, { what: 'a step has no commands', expected: 'at least one', fix: 'give it a command or remove it' });
  }
  const colliding = commands.find((command) => !Token.isUnresolved(command) && command.includes('{{'));
  if (colliding !== undefined) {
    throw new InvalidInputError(scope, {
      what: `the command '${colliding}' holds '{{'`,
      expected: 'text without double braces, which Image Builder takes for a reference to another step',
      fix: 'ship the script with Step.download(Source.asset(…)) and run it from there',
    });
  }
  return commands;
}

export class BashStep implements Step {
  public constructor(private readonly commands: string[]) {}

  public bind(scope: IConstruct, _options: StepBindOptions): StepConfig {
    const script = ['set -euo pipefail', ...withoutReferences(scope, this.commands)].join('\n');
    return { platform: Platform.LINUX, actions: [{ name: 'Bash', action: 'ExecuteBash', inputs: { commands: [script] } }] };
  }
}

// PowerShell goes on after a native program that fails. A program that asks for a restart (3010) fails too:
// handed on, Image Builder would restart and run the same step again, without end.
const checkExitCode = (command: string): string =>
  `$global:LASTEXITCODE = 0\n${command}\nif ($LASTEXITCODE -ne 0) { throw "exit code $LASTEXITCODE" }`;

export class PowerShellStep implements Step {
  public constructor(private readonly commands: string[]) {}

  public bind(scope: IConstruct, _options: StepBindOptions): StepConfig {
    const commands = withoutReferences(scope, this.commands).map(checkExitCode);
    const script = ["$ErrorActionPreference = 'Stop'", "$ProgressPreference = 'SilentlyContinue'", ...commands].join('\n');
    return { platform: Platform.WINDOWS, actions: [{ name: 'PowerShell', action: 'ExecutePowerShell', inputs: { commands: [script] } }] };
  }
}

export class UpdateOsStep implements Step {
  public constructor(private readonly include?: string[], private readonly exclude?: string[]) {}

  public bind(_scope: IConstruct, _options: StepBindOptions): StepConfig {
    const inputs = this.include || this.exclude ? { include: this.include, exclude: this.exclude } : undefined;
    return { actions: [{ name: 'UpdateOS', action: 'UpdateOS', inputs }] };
  }
}

export class RebootStep implements Step {
  public bind(_scope: IConstruct, _options: StepBindOptions): StepConfig {
    return { actions: [{ name: 'Reboot', action: 'Reboot' }] };
  }
}
