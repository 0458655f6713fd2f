import type { Expression } from './ast';
import { toBoolean, toNumber } from './evaluate-operators';
import type { Place } from './place';
import { canonical, isList, isMap, toText, typeName, type Value } from './value';
import { suggestion } from '../template/nearest';

/** The type of a variable. */
export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly item: Type }
  | { readonly kind: 'tuple'; readonly items: ReadonlyArray<Type> }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Type> };

const SIMPLE = ['any', 'string', 'number', 'bool'] as const;
const COLLECTIONS = ['list', 'set', 'map'] as const;

export function parseType(expression: Expression): Type {
  const { place } = expression;
  // Older templates quote the name of a type.
  const name = expression.kind === 'name' ? expression.name : expression.kind === 'literal' ? String(expression.value) : '';
  const simple = SIMPLE.find((kind) => kind === name);
  if (simple) return { kind: simple };
  const bare = COLLECTIONS.find((kind) => kind === name);
  if (bare) return { kind: bare, item: { kind: 'any' } };
  if (expression.kind !== 'call' || expression.args.length !== 1) {
    return place.fail('this is not a type', suggestion(name, ['string', 'number', 'bool', 'any', 'list(…)', 'set(…)', 'map(…)', 'object({…})', 'tuple([…])']));
  }
  return parseCall(expression.name, expression.args[0]!, place);
}

function parseCall(name: string, argument: Expression, place: Place): Type {
  const collection = COLLECTIONS.find((kind) => kind === name);
  if (collection) return { kind: collection, item: parseType(argument) };
  if (name === 'tuple' && argument.kind === 'list') return { kind: 'tuple', items: argument.items.map(parseType) };
  if (name === 'object' && argument.kind === 'object') {
    return { kind: 'object', members: new Map(argument.items.map((item) => [keyOf(item.key), parseType(item.value)])) };
  }
  return place.fail('this is not a type', 'use list(…), set(…), map(…), object({…}) or tuple([…])');
}

function keyOf(key: Expression): string {
  return key.kind === 'literal' && typeof key.value === 'string' ? key.value : key.place.fail('the name of a member is a fixed text', 'write name = type');
}

/** Converts a value as HCL does; fails at the place where it was given. */
export function convert(value: Value, type: Type, place: Place): Value {
  if (value === null || type.kind === 'any') return value;
  switch (type.kind) {
    case 'string': return toText(value) ?? mismatch(value, 'a string', place);
    case 'number': return toNumber(value, place);
    case 'bool': return toBoolean(value, place);
    case 'list': return listOf(value, place).map((item) => convert(item, type.item, place));
    case 'set': return [...new Map(listOf(value, place).map((item) => convert(item, type.item, place)).map((item) => [canonical(item), item])).values()];
    case 'map': return new Map([...mapOf(value, place)].map(([key, item]) => [key, convert(item, type.item, place)]));
    case 'tuple': return tuple(listOf(value, place), type.items, place);
    case 'object': return object(mapOf(value, place), type.members, place);
  }
}

function listOf(value: Value, place: Place): ReadonlyArray<Value> {
  return isList(value) ? value : mismatch(value, 'a list', place);
}

function mapOf(value: Value, place: Place): ReadonlyMap<string, Value> {
  return isMap(value) ? value : mismatch(value, 'a map', place);
}

function tuple(items: ReadonlyArray<Value>, types: ReadonlyArray<Type>, place: Place): Value {
  if (items.length !== types.length) place.fail(`the value has ${items.length} items, its type ${types.length}`, 'give as many as the type has');
  return items.map((item, index) => convert(item, types[index]!, place));
}

function object(map: ReadonlyMap<string, Value>, members: ReadonlyMap<string, Type>, place: Place): Value {
  return new Map([...members].map(([name, type]) => {
    const member = map.get(name);
    if (member === undefined) return place.fail(`the value lacks the member "${name}" of its type`, 'add it');
    return [name, convert(member, type, place)];
  }));
}

function mismatch(value: Value, wanted: string, place: Place): never {
  return place.fail(`the value is ${typeName(value)}, not ${wanted}`, 'give a value of the type of the variable');
}
