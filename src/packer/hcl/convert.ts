import { HclNumber } from './number/hcl-number';
import type { Place } from './place';
import { typed, typeOf } from './type-of';
import type { Type } from './types';
import { unified } from './unify';
import { canonical, isList, isMap, isNumber, toText, typeName, type Value, type ValueList } from './value';
import { Late } from '../template/late';

/** Converts a value as HCL does; fails at the place where it was given. */
export function convert(value: Value, type: Type, place: Place): Value {
  if (value === null || type.kind === 'any') return value;
  switch (type.kind) {
    case 'string': return toText(value) ?? mismatch(value, 'a string', place);
    case 'number': return toNumber(value, place);
    case 'bool': return toBoolean(value, place);
    case 'list': case 'set': return collection(type.kind, type.item, listOf(value, place), place);
    case 'map': return map(type.item, value, place);
    case 'tuple': return tuple(listOf(value, place), type.items, place);
    case 'object': return object(mapOf(value, place), type.members, place);
  }
}

/** HCL takes texts that look like numbers for numbers. */
export function toNumber(value: Value, place: Place): HclNumber {
  const number = typeof value === 'string' ? HclNumber.parse(value) : value;
  if (number !== undefined && isNumber(number)) return number;
  return place.fail(`a number is needed, and this is ${value instanceof Late || typeof value !== 'string' ? typeName(value) : 'a text'}`, 'write a number');
}

export function toBoolean(value: Value, place: Place): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return place.fail(`a bool is needed, and this is ${typeName(value)}`, 'write true or false');
}

/** The members of a collection are of one type, which is found where it may be any. */
function itemType(wanted: Type, items: ReadonlyArray<Value>, place: Place): Type {
  if (wanted.kind !== 'any') return wanted;
  return unified(items.map(typeOf)) ?? place.fail('the items are not of one type', 'give items of one type');
}

function collection(kind: 'list' | 'set', wanted: Type, items: ValueList, place: Place): Value {
  const item = itemType(wanted, items, place);
  const converted = items.map((each) => convert(each, item, place));
  return typed(kind === 'set' ? sorted(converted) : converted, { kind, item });
}

/** The items of a set: each once, in the order in which HCL goes through them. */
export function sorted(items: ReadonlyArray<Value>): Value[] {
  return [...new Map(items.map((item) => [canonical(item), item])).values()].sort(before);
}

function before(a: Value, b: Value): number {
  if (isNumber(a) && isNumber(b)) return a.compare(b);
  const [left, right] = typeof a === 'string' && typeof b === 'string' ? [a, b] : [canonical(a), canonical(b)];
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function map(wanted: Type, value: Value, place: Place): Value {
  const entries = mapOf(value, place);
  const item = itemType(wanted, [...entries.values()], place);
  return typed(new Map([...entries].map(([key, each]) => [key, convert(each, item, place)])), { kind: 'map', item });
}

function listOf(value: Value, place: Place): ValueList {
  return isList(value) ? value : mismatch(value, 'a list', place);
}

function mapOf(value: Value, place: Place): ReadonlyMap<string, Value> {
  return isMap(value) ? value : mismatch(value, 'a map', place);
}

function tuple(items: ValueList, types: ReadonlyArray<Type>, place: Place): Value {
  if (items.length !== types.length) place.fail(`the value has ${items.length} items, its type ${types.length}`, 'give as many as the type has');
  return items.map((item, index) => convert(item, types[index]!, place));
}

function object(members: ReadonlyMap<string, Value>, types: ReadonlyMap<string, Type>, place: Place): Value {
  return new Map([...types].map(([name, type]) => {
    const member = members.get(name);
    if (member === undefined) return place.fail(`the value lacks the member "${name}" of its type`, 'add it');
    return [name, convert(member, type, place)];
  }));
}

function mismatch(value: Value, wanted: string, place: Place): never {
  return place.fail(`the value is ${typeName(value)}, not ${wanted}`, 'give a value of the type of the variable');
}
