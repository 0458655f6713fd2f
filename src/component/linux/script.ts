import { CfnDynamicReference, SecretValue, Tokenization } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { InvalidInputError } from '../../private/errors';
import { RenderedStep, type Step, type StepAction, type StepBindOptions, type StepConfig } from '../step';
import { bash } from '../step/bash';

/** Lines of a script, and what has to be there before it runs. */
export interface ScriptPlan {
  readonly lines: string[];
  /** Actions before it, such as downloads of what it works on. */
  readonly before?: StepAction[];
}

/** Lines of a script, once their place in the app is known. */
export type Lines = (scope: Construct, options: StepBindOptions) => string[];

/**
 * What every script of this room starts with. A script that ends with 194 makes Image Builder restart the instance and run it again,
 * without end where the program always answers so: every failure becomes 1. The message names the program, its variables not filled in.
 */
export const PRELUDE = [
  'trap \'status=$?; if [ "$status" -ne 0 ]; then echo "failed with exit code $status: $BASH_COMMAND" >&2; exit 1; fi\' EXIT',
  'fail() { trap - EXIT; echo "$1" >&2; exit 1; }',
];

/** How often something is tried that fails for reasons that pass, such as a network or a lock. */
export const ATTEMPTS = 3;

/** A named bash script in strict mode. */
export const linuxStep = (name: string, lines: Lines, maxAttempts?: number): Step =>
  plannedStep(name, (scope, options) => ({ lines: lines(scope, options) }), maxAttempts);

/** The same, with actions before it. */
export function plannedStep(name: string, plan: (scope: Construct, options: StepBindOptions) => ScriptPlan, maxAttempts?: number): Step {
  return new RenderedStep((scope, options): StepConfig => {
    const { lines, before = [] } = plan(scope, options);
    lines.forEach((line) => refuseSecret(scope, line));
    const { actions, platform } = bash([...PRELUDE, ...lines])(scope, options);
    // A script with double braces comes as an asset: its download stands before it.
    const script = { ...actions[actions.length - 1]!, name, maxAttempts };
    return { platform, actions: [...before, ...actions.slice(0, -1), script] };
  });
}

/** CloudFormation would write the secret into the document, where everybody may read it who may read components. */
function refuseSecret(scope: Construct, line: string): void {
  if (Tokenization.reverseString(line).tokens.some((token) => token instanceof SecretValue || token instanceof CfnDynamicReference)) {
    throw new InvalidInputError(scope, {
      what: `a script holds the value of a secret: ${line.split('\n')[0]}`,
      expected: 'no secrets in documents, which everybody can read who may read components',
      fix: 'fetch it when the script runs: SecretScript.bash({ NAME: RuntimeSecret.secretsManager(secret) }, …)',
    });
  }
}
