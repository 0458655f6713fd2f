import { convert } from '../convert';
import { equal } from '../evaluate-operators';
import { HclNumber } from '../number/hcl-number';
import { typed, typeOf } from '../type-of';
import { sameType, STRING, type Type } from '../types';
import { unified } from '../unify';
import { canonical, isList, isMap, type Value, type ValueList, type ValueMap } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';
import { characters } from './characters';

export const collections: FunctionTable = {
  length: coping(1, 1, (call) => {
    const [value] = call.args;
    if (isMap(value!)) return HclNumber.of(value.size);
    if (isList(value!)) return HclNumber.of(value.length);
    if (typeof value === 'boolean' || value instanceof HclNumber) call.fail('it has no length', 'give a text, a list or a map');
    return HclNumber.of(characters(call.text(0)).length);
  }),
  concat: coping(1, Infinity, (call) => likeAll(call, call.args.flatMap((_, index) => [...call.ordered(index)]))),
  merge: coping(0, Infinity, merge),
  flatten: coping(1, 1, (call) => flattened(call.list(0))),
  reverse: coping(1, 1, (call) => like(call.args[0]!, [...call.list(0)].reverse())),
  element: coping(2, 2, (call) => {
    const [list, index] = [call.ordered(0), call.whole(1)];
    if (list.length === 0 || index < 0) call.fail('the list has no such item', 'give a list with items, and count from 0');
    return list[index % list.length]!;
  }),
  slice: coping(3, 3, (call) => {
    const [start, end] = [call.whole(1), call.whole(2)];
    if (start < 0 || end < start || end > call.ordered(0).length) call.fail('the bounds are not within the list', 'give 0 ≤ start ≤ end ≤ length');
    return like(call.args[0]!, call.list(0).slice(start, end));
  }),
  chunklist: coping(2, 2, (call) => {
    const [list, size] = [call.listOf(0), call.whole(1) || Math.max(call.list(0).length, 1)];
    if (size < 0) call.fail('a chunk has at least one item', 'give a positive number');
    const chunks = Array.from({ length: Math.ceil(list.length / size) }, (_, index) => like(list, list.slice(index * size, (index + 1) * size)));
    return typed(chunks, { kind: 'list', item: typeOf(list) });
  }),
  keys: coping(1, 1, (call) => membersOf(call, [...call.map(0).keys()].sort(), STRING)),
  values: coping(1, 1, (call) => membersOf(call, [...call.map(0).keys()].sort().map((key) => call.map(0).get(key)!))),
  lookup: coping(3, 3, lookup),
  zipmap: coping(2, 2, (call) => {
    const [keys, values] = [call.texts(0), call.ordered(1)];
    if (keys.length !== values.length) call.fail('the lists differ in length', 'give as many values as keys');
    const type = typeOf(values);
    const map: ValueMap = new Map(keys.map((key, index) => [key, values[index]!]));
    return type.kind === 'list' ? typed(map, { kind: 'map', item: type.item }) : map;
  }),
  coalesce: coping(1, Infinity, (call) => {
    const type = unified(call.args.filter((value) => value !== null).map(typeOf)) ?? call.fail('the arguments are not of one type', 'give arguments of one type');
    const found = call.args.find((value) => value !== null && value !== '') ?? call.fail('every argument is empty', 'give a last one that is not');
    return convert(found, type, call.place);
  }),
  coalescelist: coping(1, Infinity, (call) => call.args.map((_, index) => call.ordered(index)).find((list) => list.length > 0) ?? call.fail('every list is empty', 'give one that is not')),
  contains: known(2, 2, (call) => positionOf(call) >= 0),
  index: known(2, 2, (call) => {
    const found = positionOf(call);
    return found < 0 ? call.fail('the list does not hold the value', 'use contains() to ask') : HclNumber.of(found);
  }),
  compact: coping(1, 1, (call) => textList(call.listOf(0, STRING).filter((item) => item !== '' && item !== null))),
  distinct: known(1, 1, (call) => {
    const list = call.listOf(0);
    return like(list, [...new Map(list.map((item) => [canonical(item), item])).values()]);
  }),
  sort: known(1, 1, (call) => textList([...call.texts(0)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))),
  alltrue: known(1, 1, (call) => call.listOf(0, { kind: 'bool' }).every((item) => item === true)),
  anytrue: known(1, 1, (call) => call.listOf(0, { kind: 'bool' }).some((item) => item === true)),
};

/** Where a list holds a value; below zero where it does not. */
const positionOf = (call: Call): number => call.list(0).findIndex((item) => equal(item, call.args[1]!, call.place));

/** Items of what a list was made of: a list where that is one. */
function like(origin: Value, items: ValueList): Value {
  const type = typeOf(origin);
  if (type.kind !== 'list' && type.kind !== 'set') return items;
  return typed(items, { kind: 'list', item: type.item });
}

export function textList(items: ValueList): Value {
  return typed(items, { kind: 'list', item: STRING });
}

/** A list where all arguments are lists. */
function likeAll(call: Call, items: ValueList): Value {
  const types = call.args.map(typeOf);
  const type = types.every(({ kind }) => kind === 'list') ? unified(types) : undefined;
  return type === undefined ? items : convert(items, type, call.place);
}

function membersOf(call: Call, items: ValueList, item?: Type): Value {
  const type = typeOf(call.args[0]!);
  return type.kind === 'map' ? typed(items, { kind: 'list', item: item ?? type.item }) : items;
}

function merge(call: Call): Value {
  const maps = call.args.map((value, index) => (value === null ? undefined : call.map(index))).filter((map) => map !== undefined);
  const merged: ValueMap = new Map(maps.flatMap((map) => [...map]));
  const [first, ...others] = maps.map(typeOf);
  return first?.kind === 'map' && others.every((type) => sameType(type, first)) ? typed(merged, first) : merged;
}

function lookup(call: Call): Value {
  const found = call.map(0).get(call.text(1));
  if (found !== undefined) return found;
  const type = typeOf(call.args[0]!);
  return type.kind === 'map' ? convert(call.args[2]!, type.item, call.place) : call.args[2]!;
}

function flattened(list: ValueList): Value[] {
  return list.flatMap((item) => (isList(item) ? flattened(item) : [item]));
}
