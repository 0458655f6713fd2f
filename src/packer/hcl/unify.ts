import { canBecome } from './can-become';
import { ANY, sameType, type Type } from './types';

type Members = ReadonlyMap<string, Type>;

/** The type that values of several types become where they have to be of one: the results of a condition, the items of a list. */
export function unified(types: ReadonlyArray<Type>): Type | undefined {
  const all = (...kinds: Array<Type['kind']>) => types.every(({ kind }) => kinds.includes(kind));
  const [first] = types;
  if (first === undefined || types.some(({ kind }) => kind === 'any')) return ANY;
  if (types.every((type) => sameType(type, first))) return first;
  if (all('object')) return objects(types.map((type) => (type as { members: Members }).members));
  if (all('tuple')) return tuples(types.map((type) => (type as { items: ReadonlyArray<Type> }).items));
  const collection = all('list', 'tuple') ? 'list' : all('map', 'object') ? 'map' : all('set') ? 'set' : undefined;
  return collection === undefined ? simple(types) : collectionOf(collection, types.flatMap(inside));
}

function inside(type: Type): ReadonlyArray<Type> {
  if (type.kind === 'tuple') return type.items;
  if (type.kind === 'object') return [...type.members.values()];
  return 'item' in type ? [type.item] : [];
}

function collectionOf(kind: 'list' | 'set' | 'map', items: ReadonlyArray<Type>): Type | undefined {
  const item = unified(items);
  return item === undefined ? undefined : { kind, item };
}

/** Objects with the same names stay objects; others become a map. */
function objects(types: ReadonlyArray<Members>): Type | undefined {
  const names = [...types[0]!.keys()];
  const same = types.every((members) => members.size === names.length && names.every((name) => members.has(name)));
  if (!same) return collectionOf('map', types.flatMap((members) => [...members.values()]));
  const members = names.map((name) => [name, unified(types.map((each) => each.get(name)!))] as const);
  return members.some(([, type]) => type === undefined) ? undefined : { kind: 'object', members: new Map(members as Array<[string, Type]>) };
}

function tuples(types: ReadonlyArray<ReadonlyArray<Type>>): Type | undefined {
  const [first] = types;
  if (types.some((items) => items.length !== first!.length)) return collectionOf('list', types.flat());
  const items = first!.map((_, index) => unified(types.map((each) => each[index]!)));
  return items.includes(undefined) ? undefined : { kind: 'tuple', items: items as Type[] };
}

/** One of the types that all others can become: texts before numbers and bools. */
function simple(types: ReadonlyArray<Type>): Type | undefined {
  const preferred = [...types].sort((a, b) => Number(b.kind === 'string') - Number(a.kind === 'string'));
  return preferred.find((wanted) => types.every((type) => canBecome(type, wanted)));
}
