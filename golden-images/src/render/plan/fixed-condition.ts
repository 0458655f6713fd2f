import { parts, type Frame } from './references';
import type { ConditionOutcome, Mapping, StepCondition } from '../../../../src/component/document';
import { evaluate, type Probe } from '../../components/condition';

/** Nothing is known of the machine. */
const UNKNOWN: Probe = { file: () => undefined, folder: () => undefined, binary: () => undefined, hash: () => null };

/** What a condition comes to where only parameters and loops decide it; undefined where the machine does. */
export function fixedOutcome({ comparison, whenTrue, whenFalse }: StepCondition, frame: Frame): ConditionOutcome | undefined {
  const written = fixed(comparison, frame);
  const holds = written === undefined ? undefined : evaluate(written as Mapping, UNKNOWN);
  return holds === undefined ? undefined : holds ? whenTrue : whenFalse;
}

/** The comparison with its references resolved; undefined where one of them is only known on the machine. */
function fixed(value: unknown, frame: Frame): unknown {
  if (typeof value === 'string') {
    const all = parts(value, frame);
    return all.every((each) => typeof each === 'string') ? all.join('') : undefined;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.values(value).map((each) => fixed(each, frame));
  if (members.includes(undefined)) return undefined;
  return Array.isArray(value) ? members : Object.fromEntries(Object.keys(value).map((key, index) => [key, members[index]]));
}
