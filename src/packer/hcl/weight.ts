import { isList, isMap, type Value } from './value';
import { Late } from '../template/late';

/** The heaviest value that may come to be. */
export const HEAVIEST = 50_000;
const CHARACTERS_A_UNIT = 64;
const known = new WeakMap<object, number>();

/** How much work it is to go through a value: lists that share a list count it each time. */
export function weight(value: Value): number {
  if (typeof value === 'string') return 1 + value.length / CHARACTERS_A_UNIT;
  if (value instanceof Late) return value.parts.reduce((sum, part) => sum + (typeof part === 'string' ? weight(part) : 1), 0);
  if (!isList(value) && !isMap(value)) return 1;
  let sum = known.get(value);
  if (sum === undefined) {
    sum = 1;
    for (const item of value.values()) sum += weight(item);
    if (isMap(value)) for (const key of value.keys()) sum += key.length / CHARACTERS_A_UNIT;
    known.set(value, sum);
  }
  return sum;
}
