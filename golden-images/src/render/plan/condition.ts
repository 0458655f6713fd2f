import { fixedOutcome } from './fixed-condition';
import type { Operation } from './operation';
import type { Frame } from './references';
import type { DocumentStep, Mapping } from '../../../../src/component/document';
import { Refused } from '../refusal';
import type { Language, Values } from '../script/language';

/** A condition that does something else than to leave a step out: a script can say it, a restart cannot. */
const UNSPEAKABLE = 'unspeakable';

export function restart({ inputs }: DocumentStep, { place }: Frame, condition: string | undefined): Operation[] {
  if (condition === UNSPEAKABLE) {
    throw new Refused(place, 'a restart whose condition aborts, or restarts where it does not hold, has no form', 'turn it round with `not`, or abort in a step of its own');
  }
  const delaySeconds = Number((inputs as Mapping | undefined)?.delaySeconds ?? 0);
  return [{ kind: 'restart', at: place, delaySeconds, ...condition === undefined ? {} : { condition } }];
}

/** Whether a step runs, as far as it is known before the build; and how a script, or an expression, asks for the rest. */
export function conditionOf({ condition }: DocumentStep, frame: Frame, language: Language, values: Values): {
  readonly outcome: string;
  readonly guard: string[];
  readonly expression?: string;
} {
  if (condition === undefined) return { outcome: 'Execute', guard: [] };
  const outcome = fixedOutcome(condition, frame);
  if (outcome !== undefined) return { outcome, guard: [] };
  const expression = language.condition(condition.comparison, values);
  const { whenTrue, whenFalse } = condition;
  return {
    outcome: 'Execute',
    guard: language.guard(expression, whenTrue, whenFalse),
    expression: whenTrue === 'Execute' && whenFalse === 'Skip' ? expression : UNSPEAKABLE,
  };
}
