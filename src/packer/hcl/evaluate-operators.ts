import type { Place } from './place';
import { canonical, isKnown, secretIn, typeName, type Value } from './value';
import { derivedSecret, Late } from '../template/late';

export function unary(operator: string, value: Value, place: Place): Value {
  const secret = secretIn(value);
  if (secret) return derivedSecret(secret);
  return operator === '-' ? -toNumber(value, place) : !toBoolean(value, place);
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

function equal(left: Value, right: Value, place: Place): boolean {
  for (const value of [left, right]) {
    if (!isKnown(value)) place.fail(`${typeName(value)} cannot be compared while the template is read`, 'compare variables');
  }
  return canonical(left) === canonical(right);
}

function arithmetic(operator: string, left: number, right: number, place: Place): Value {
  switch (operator) {
    case '<': return left < right;
    case '>': return left > right;
    case '<=': return left <= right;
    case '>=': return left >= right;
    default: return finite(compute(operator, left, right), place);
  }
}

function compute(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '/': return left / right;
    default: return left % right;
  }
}

function finite(value: number, place: Place): number {
  return Number.isFinite(value) ? value : place.fail('the result is no number', 'do not divide by zero');
}

/** HCL takes texts that look like numbers for numbers. */
export function toNumber(value: Value, place: Place): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(value)) return Number(value);
  return place.fail(`a number is needed, and this is ${value instanceof Late || typeof value !== 'string' ? typeName(value) : 'a text'}`, 'write a number');
}

export function toBoolean(value: Value, place: Place): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return place.fail(`a bool is needed, and this is ${typeName(value)}`, 'write true or false');
}
