import { toBoolean, toNumber } from './convert';
import type { HclNumber } from './number/hcl-number';
import type { Place } from './place';
import { typeOf } from './type-of';
import { sameType } from './types';
import { canonical, isKnown, secretIn, typeName, type Value } from './value';
import { derivedSecret } from '../template/late';

export function unary(operator: string, value: Value, place: Place): Value {
  const secret = secretIn(value);
  if (secret) return derivedSecret(secret);
  return operator === '-' ? toNumber(value, place).negated() : !toBoolean(value, place);
}

/** What the first operand decides alone. */
export function logical(operator: string, first: Value, place: Place): Value | undefined {
  if (operator !== '&&' && operator !== '||') return undefined;
  if (secretIn(first)) return undefined;
  const value = toBoolean(first, place);
  return value === (operator === '||') ? value : undefined;
}

export function binary(operator: string, left: Value, right: Value, place: Place): Value {
  const secret = secretIn(left) ?? secretIn(right);
  if (secret) return derivedSecret(secret);
  if (operator === '&&' || operator === '||') return toBoolean(right, place);
  if (operator === '==' || operator === '!=') return equal(left, right, place) === (operator === '==');
  return arithmetic(operator, toNumber(left, place), toNumber(right, place), place);
}

/** Values of different types differ: the number 1 from the text "1", a list from what is written in brackets. */
export function equal(left: Value, right: Value, place: Place): boolean {
  for (const value of [left, right]) {
    if (!isKnown(value)) place.fail(`${typeName(value)} cannot be compared while the template is read`, 'compare variables');
  }
  return sameType(typeOf(left), typeOf(right)) && canonical(left) === canonical(right);
}

function arithmetic(operator: string, left: HclNumber, right: HclNumber, place: Place): Value {
  switch (operator) {
    case '<': return left.compare(right) < 0;
    case '>': return left.compare(right) > 0;
    case '<=': return left.compare(right) <= 0;
    case '>=': return left.compare(right) >= 0;
    case '+': return bounded(left.plus(right), place);
    case '-': return bounded(left.minus(right), place);
    case '*': return bounded(left.times(right), place);
    case '%': return left.modulo(right);
    default: return right.mantissa === 0n ? place.fail('the result is no number', 'do not divide by zero') : bounded(left.over(right), place);
  }
}

/** In bits: nobody computes with greater numbers, nor with smaller ones. */
const FARTHEST_EXPONENT = 5_000;

function bounded(number: HclNumber, place: Place): HclNumber {
  return Math.abs(number.exponent) <= FARTHEST_EXPONENT ? number : place.fail('the number is too large, or too small', 'use numbers nearer to 1');
}
