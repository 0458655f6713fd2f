import { Evaluator } from './evaluate';
import type { Scope } from './scope';
import { templateError } from '../template/errors';
import { isObject, sameValue } from '../template/values';

/** Evaluates all conditions of a template; they may use each other in any order. */
export function evaluateConditions(scope: Omit<Scope, 'conditions'>): Map<string, boolean> {
  const values = new Map<string, boolean>();
  const definitions = scope.template.Conditions ?? {};
  const visiting = new Set<string>();
  const named = (name: string): boolean => {
    const known = values.get(name);
    if (known !== undefined) return known;
    if (!(name in definitions)) throw templateError(`unresolved condition dependency: ${name}`);
    if (visiting.has(name)) throw templateError(`circular dependency between conditions: ${[...visiting].join(', ')}`);
    visiting.add(name);
    const value = decide(definitions[name], { named, evaluator: new Evaluator({ ...bound(scope), conditions: values }) });
    values.set(name, value);
    return value;
  };
  Object.keys(definitions).forEach(named);
  return values;
}

function bound(scope: Omit<Scope, 'conditions'>): Omit<Scope, 'conditions'> {
  return {
    ...scope,
    ref: (name) => { throw templateError(`Unresolved dependencies [${name}]. Cannot reference resources in the Conditions block of the template`); },
    attribute: (name) => { throw templateError(`Unresolved dependencies [${name}]. Cannot reference resources in the Conditions block of the template`); },
  };
}

interface Deciding {
  readonly named: (name: string) => boolean;
  readonly evaluator: Evaluator;
}

/** The truth of a condition expression (Conditions, Rules). */
export function decide(expression: unknown, deciding: Deciding): boolean {
  if (typeof expression === 'boolean') return expression;
  const [name, argument] = isObject(expression) ? Object.entries(expression)[0] ?? [] : [];
  const each = (): boolean[] => (argument as unknown[]).map((part) => decide(part, deciding));
  switch (name) {
    case 'Condition': return deciding.named(String(argument));
    case 'Fn::Not': return !each()[0];
    case 'Fn::And': return each().every(Boolean);
    case 'Fn::Or': return each().some(Boolean);
    case 'Fn::Equals': return equals(argument, deciding.evaluator);
    case 'Fn::Contains': return contains(argument, deciding.evaluator);
    case 'Fn::EachMemberIn': return eachMemberIn(argument, deciding.evaluator);
    default: throw templateError(`${JSON.stringify(expression)} is not a condition function`);
  }
}

function equals(argument: unknown, evaluator: Evaluator): boolean {
  const [left, right] = (argument as unknown[]).map((each) => evaluator.evaluate(each));
  return typeof left === 'object' || typeof right === 'object' ? sameValue(left, right) : String(left) === String(right);
}

function contains(argument: unknown, evaluator: Evaluator): boolean {
  const [members, value] = (argument as unknown[]).map((each) => evaluator.evaluate(each));
  return (members as unknown[]).map(String).includes(String(value));
}

function eachMemberIn(argument: unknown, evaluator: Evaluator): boolean {
  const [members, allowed] = (argument as unknown[]).map((each) => evaluator.evaluate(each)) as [unknown[], unknown[]];
  return members.every((member) => allowed.map(String).includes(String(member)));
}
