import type { Construct } from 'constructs';
import { bash } from '../step/bash';
import { RenderedStep, type Step, type StepAction, type StepBindOptions, type StepConfig } from '../step';

/** Lines of a script, once their place in the app is known. */
export type Lines = (scope: Construct, options: StepBindOptions) => string[];

/** Actions before a script, such as downloads of what it works on. */
export type Before = (scope: Construct, options: StepBindOptions) => StepAction[];

/**
 * What every script of this room starts with. A script that ends with 194 makes Image Builder restart the instance and run it again,
 * without end where the program always answers so: every failure becomes 1. The message names the program, its variables not filled in.
 */
const PRELUDE = [
  `trap 'status=$?; if [ "$status" -ne 0 ]; then echo "failed with exit code $status: $BASH_COMMAND" >&2; exit 1; fi' EXIT`,
  'fail() { trap - EXIT; echo "$1" >&2; exit 1; }',
];

/** What is to be done again when it fails for reasons that pass, such as a network or a lock. */
export const ATTEMPTS = 3;

/** A named bash script in strict mode, with what has to be there before it. */
export function linuxStep(name: string, lines: Lines, more: { readonly before?: Before; readonly maxAttempts?: number } = {}): Step {
  return new RenderedStep((scope, options): StepConfig => {
    const before = more.before?.(scope, options) ?? [];
    const { actions, platform } = bash([...PRELUDE, ...lines(scope, options)])(scope, options);
    const [last, ...downloads] = [...actions].reverse() as [StepAction, ...StepAction[]];
    return { platform, actions: [...before, ...downloads.reverse(), { ...last, name, maxAttempts: more.maxAttempts }] };
  });
}
