import { ANY, STRING, type Type } from './types';
import { isList, isMap, isNumber, type Value, type ValueList, type ValueMap } from './value';
import { Late } from '../template/late';

/** Lists, sets and maps, whose members are of one type. All others are tuples and objects. */
const declared = new WeakMap<object, Type>();

/** Makes a list, a set or a map of what would be a tuple or an object. */
export function typed<T extends ValueList | ValueMap>(value: T, type: Type): T {
  declared.set(value, type);
  return value;
}

export function typeOf(value: Value): Type {
  if (typeof value === 'string') return STRING;
  if (typeof value === 'boolean') return { kind: 'bool' };
  if (isNumber(value)) return { kind: 'number' };
  if (isList(value)) return declared.get(value) ?? { kind: 'tuple', items: value.map(typeOf) };
  if (isMap(value)) return declared.get(value) ?? { kind: 'object', members: new Map([...value].map(([key, item]) => [key, typeOf(item)])) };
  return value instanceof Late && value.secrets.length === 0 ? STRING : ANY;
}
