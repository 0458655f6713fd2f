import type { Expression } from './ast';
import type { Place } from './place';
import { suggestion } from '../template/nearest';

/** The type of a value: a list or tuple, a map or object differ as in HCL. `any` is not known. */
export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly item: Type }
  | { readonly kind: 'tuple'; readonly items: ReadonlyArray<Type> }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Type> };

export const ANY: Type = { kind: 'any' };
export const STRING: Type = { kind: 'string' };
export const NUMBER: Type = { kind: 'number' };

const SIMPLE = ['any', 'string', 'number', 'bool'] as const;
const COLLECTIONS = ['list', 'set', 'map'] as const;

/** Reads a type as variables and `convert` have it: `list(string)`. */
export function parseType(expression: Expression): Type {
  const { place } = expression;
  // Older templates quote the name of a type.
  const name = expression.kind === 'name' ? expression.name : expression.kind === 'literal' ? String(expression.value) : '';
  const simple = SIMPLE.find((kind) => kind === name);
  if (simple) return { kind: simple };
  const bare = COLLECTIONS.find((kind) => kind === name);
  if (bare) return { kind: bare, item: ANY };
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

export function sameType(a: Type, b: Type): boolean {
  if (a.kind === 'tuple' && b.kind === 'tuple') return a.items.length === b.items.length && a.items.every((item, index) => sameType(item, b.items[index]!));
  if (a.kind === 'object' && b.kind === 'object') {
    return a.members.size === b.members.size && [...a.members].every(([name, type]) => b.members.has(name) && sameType(type, b.members.get(name)!));
  }
  return a.kind === b.kind && (!('item' in a) || !('item' in b) || sameType(a.item, b.item));
}
