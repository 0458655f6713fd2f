import type { Expression } from './ast';
import { ANY, NUMBER, STRING, type Type } from './types';
import { unified } from './unify';

const ARITHMETIC = ['+', '-', '*', '/', '%'];

/** The type of an expression that cannot be evaluated, as far as its form says it: the result of a condition that is not chosen decides by it. */
export function failedType(expression: Expression, typeOf: (part: Expression) => Type): Type {
  switch (expression.kind) {
    case 'template': return expression.parts.length === 1 && expression.parts[0]!.kind === 'value' ? ANY : STRING;
    case 'unary': return expression.operator === '-' ? NUMBER : { kind: 'bool' };
    case 'binary': return ARITHMETIC.includes(expression.operator) ? NUMBER : { kind: 'bool' };
    case 'conditional': return unified([typeOf(expression.yes), typeOf(expression.no)]) ?? ANY;
    case 'list': return { kind: 'tuple', items: expression.items.map(typeOf) };
    default: return ANY;
  }
}
