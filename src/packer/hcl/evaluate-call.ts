import type { Expression } from './ast';
import { convert } from './convert';
import type { Evaluator } from './evaluate';
import { hclFunctions } from './functions';
import type { Scope } from './scope';
import { parseType } from './types';
import { isList, typeName, type Value } from './value';
import { weight } from './weight';
import { TemplateError } from '../template/error';

type CallExpression = Extract<Expression, { kind: 'call' }>;

/** Functions take values; `try`, `can` and `convert` take expressions. */
export function evaluateCall(evaluator: Evaluator, call: CallExpression, scope: Scope): Value {
  if (call.name === 'try' || call.name === 'can') return attempt(evaluator, call, scope);
  if (call.name === 'convert') return conversion(evaluator, call, scope);
  const args = call.args.map((argument) => evaluator.evaluate(argument, scope));
  if (call.expanded) {
    const last = args.pop()!;
    if (!isList(last)) return call.place.fail(`"..." follows ${typeName(last)}, not a list`, 'give a list');
    args.push(...last);
  }
  for (const argument of args) evaluator.spend(weight(argument), call.place);
  return evaluator.made(hclFunctions.call(call.name, args, call.place, evaluator), call.place);
}

/** `convert(value, type)` */
function conversion(evaluator: Evaluator, { args, place }: CallExpression, scope: Scope): Value {
  const [value, type] = args;
  if (value === undefined || type === undefined || args.length > 2) return place.fail('"convert" takes a value and a type', 'write convert(value, list(string))');
  return convert(evaluator.evaluate(value, scope), parseType(type), place);
}

/** `try` gives the first argument that can be evaluated; `can` says whether its argument can. */
function attempt(evaluator: Evaluator, { name, args, place }: CallExpression, scope: Scope): Value {
  for (const argument of args) {
    try {
      const value = evaluator.evaluate(argument, scope);
      return name === 'can' ? true : value;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
    }
  }
  return name === 'can' && args.length === 1 ? false : place.fail(`no argument of "${name}" can be evaluated`, 'let the last one be a fixed value');
}
