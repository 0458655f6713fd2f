import { Deferred, isDeferred } from './deferred';
import type { Evaluator } from './evaluate';
import { templateError } from '../template/errors';
import { isObject } from '../template/values';

/** A piece of the text of Fn::Sub: literal text, or the name of a variable. */
export type SubPart = { readonly text: string } | { readonly variable: string };

/** Splits the text of Fn::Sub at `${Name}`; `${!Name}` stands for the literal `${Name}`. */
export function subParts(text: string): SubPart[] {
  return text.split(/(\$\{[^}]*\})/).filter((piece) => piece !== '').map((piece) => {
    if (!/^\$\{[^}]*\}$/.test(piece)) return { text: piece };
    const name = piece.slice(2, -1).trim();
    return name.startsWith('!') ? { text: `\${${name.slice(1)}}` } : { variable: name };
  });
}

/** The text and the variables of an argument of Fn::Sub. */
export function subArgument(argument: unknown): { readonly text: string; readonly variables: Record<string, unknown> } {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || !isObject(variables ?? {})) {
    throw templateError('One or more Fn::Sub intrinsic functions don\'t specify expected arguments. Specify a string as first argument, '
      + 'and an optional second argument to specify a mapping of values to replace in the string');
  }
  return { text, variables: (variables ?? {}) as Record<string, unknown> };
}

export function substitute(evaluator: Evaluator, argument: unknown): unknown {
  const { text, variables } = subArgument(argument);
  const parts = subParts(text).map((part) => ('text' in part ? part.text : variable(evaluator, part.variable, variables)));
  return isDeferred(parts) ? new Deferred({ 'Fn::Join': ['', parts] }) : parts.join('');
}

function variable(evaluator: Evaluator, name: string, variables: Record<string, unknown>): unknown {
  const value = name in variables ? evaluator.evaluate(variables[name]) : lookUp(evaluator, name);
  if (isDeferred(value)) return value;
  if (typeof value === 'object' || typeof value === 'symbol') throw templateError(`variable ${name} in Fn::Sub expression does not resolve to a string`);
  return String(value);
}

function lookUp(evaluator: Evaluator, name: string): unknown {
  const dot = name.indexOf('.');
  return dot < 0 ? evaluator.ref(name) : evaluator.scope.attribute(name.slice(0, dot), name.slice(dot + 1));
}
