import type { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { StepAction } from './action';
import { Condition } from './condition';
import type { Loop } from './loop';
import { InvalidInputError } from '../../private/errors';

/** What happens when a step fails (Image Builder user guide, "Component document schema"). */
export enum OnFailure {
  /** The document stops and fails. */
  ABORT = 'Abort',
  /** The document goes on and fails at its end. */
  CONTINUE = 'Continue',
  /** The document goes on as if nothing had happened. */
  IGNORE = 'Ignore',
}

/** What is done with a step once its condition is evaluated. */
export enum ConditionOutcome {
  /** The step fails. */
  ABORT = 'Abort',
  /** The step is done. */
  EXECUTE = 'Execute',
  /** The step is left out, which counts as success. */
  SKIP = 'Skip',
}

/** What every step of a document has. */
export interface StepSettings {
  /**
   * How long it may take, all attempts and rounds of a loop together. A step that is several in the document: how long each may take.
   *
   * @default - what the step has, mostly Duration.hours(2)
   */
  readonly timeout?: Duration;

  /**
   * Whether it may take for ever.
   *
   * @default false
   */
  readonly noTimeout?: boolean;

  /**
   * What happens when it fails.
   *
   * @default OnFailure.ABORT
   */
  readonly onFailure?: OnFailure;

  /**
   * How often the step is tried. A step that becomes several in the document: how often each of them is tried.
   *
   * @default 1
   */
  readonly maxAttempts?: number;

  /**
   * Condition under which the step runs. Evaluated once, also when the step restarts the instance.
   *
   * @default - the step always runs
   */
  readonly condition?: Condition;

  /**
   * What to do when the condition holds.
   *
   * @default ConditionOutcome.EXECUTE
   */
  readonly whenTrue?: ConditionOutcome;

  /**
   * What to do when the condition does not hold.
   *
   * @default ConditionOutcome.SKIP
   */
  readonly whenFalse?: ConditionOutcome;

  /**
   * Repeats the step. Only for a step that is one step in the document.
   *
   * @default - the step runs once
   */
  readonly loop?: Loop;
}

/** What every step can be given, by `step.withOptions(…)`. */
export interface StepOptions extends StepSettings {
  /**
   * Name of the step, for logs: letters, digits, hyphens and underscores.
   *
   * @default - by what the step does
   */
  readonly stepName?: string;
}

/** A step's actions, with options that its user gave. */
export function withOptions(scope: IConstruct, actions: StepAction[], options: StepOptions): StepAction[] {
  refuseWhatCannotBe(scope, actions, options);
  const { stepName, condition, ...others } = options;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  return actions.map((action) => ({ ...action, ...given, name: stepName ?? action.name, condition: both(action.condition, condition) }));
}

const both = (inner?: Condition, outer?: Condition): Condition | undefined =>
  inner && outer ? Condition.allOf(outer, inner) : outer ?? inner;

function refuseWhatCannotBe(scope: IConstruct, actions: StepAction[], options: StepOptions): void {
  refuseName(scope, options.stepName);
  if (options.loop !== undefined && actions.length !== 1) {
    throw new InvalidInputError(scope, {
      what: `a loop stands on a step that is ${actions.length} in the document (${actions.map(({ name }) => name).join(', ')})`,
      expected: 'one step, because the format repeats single steps',
      fix: 'write the loop in your own language, once for each value',
    });
  }
  const outcomes = options.whenTrue ?? options.whenFalse;
  if (outcomes !== undefined && (options.condition === undefined || actions.some(({ condition }) => condition !== undefined))) {
    throw new InvalidInputError(scope, {
      what: `'${outcomes}' stands on a step ${options.condition === undefined ? 'without a condition' : 'that has conditions of its own'}`,
      expected: 'whenTrue and whenFalse beside the only condition',
      fix: options.condition === undefined ? 'give it a condition' : 'leave whenTrue and whenFalse out, or check in a step before',
    });
  }
  for (const { maxAttempts } of [options, ...actions] as Pick<StepAction, 'maxAttempts'>[]) {
    if (maxAttempts !== undefined && !(Number.isInteger(maxAttempts) && maxAttempts >= 1)) {
      throw new InvalidInputError(scope, { what: `maxAttempts is ${maxAttempts}`, expected: 'a whole number from 1', fix: 'correct it or leave it out' });
    }
  }
}

/** What Image Builder says of other names stands in aws/aws-cdk#19909. */
function refuseName(scope: IConstruct, name: string | undefined): void {
  if (name === undefined || /^[A-Za-z0-9_-]+$/.test(name)) return;
  throw new InvalidInputError(scope, {
    what: `the name of a step is '${name}'`,
    expected: 'letters, digits, hyphens and underscores: Image Builder refuses a document with any other name',
    fix: `name it '${name.replace(/[^A-Za-z0-9_-]+/g, '-')}', or leave stepName out`,
  });
}
