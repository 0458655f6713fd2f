import { convert, sorted } from '../convert';
import { typed, typeOf } from '../type-of';
import type { Type } from '../types';
import { unified } from '../unify';
import { canonical, type Value, type ValueList } from '../value';
import { known, type Call, type FunctionTable } from './call';

/** More items than a list of a template ever has. */
const MOST_ITEMS = 10_000;

export const sets: FunctionTable = {
  setunion: known(1, Infinity, (call) => operation(call, (all) => all.flat())),
  setintersection: known(1, Infinity, (call) => operation(call, (all) => {
    const others = all.slice(1).map((items) => new Set(items.map(canonical)));
    return all[0]!.filter((item) => others.every((keys) => keys.has(canonical(item))));
  })),
  setproduct: known(2, Infinity, product),
};

/** All arguments become sets of one type. */
function operation(call: Call, combine: (all: ReadonlyArray<ValueList>) => ReadonlyArray<Value>): Value {
  const lists = call.args.map((_, index) => call.list(index));
  const item = unified(lists.flat().map(typeOf)) ?? call.fail('the items are not of one type', 'give items of one type');
  const all = lists.map((list) => list.map((each) => convert(each, item, call.place)));
  return typed(sorted(combine(all)), { kind: 'set', item });
}

/** Each item with each: a list, or a set where an argument is a set. */
function product(call: Call): Value {
  const lists = call.args.map((_, index) => call.listOf(index));
  if (lists.reduce((size, list) => size * list.length, 1) > MOST_ITEMS) call.fail('the product is too large', 'give shorter lists');
  const rows = lists.reduce<Value[][]>((before, list) => before.flatMap((row) => list.map((item) => [...row, item])), [[]]);
  const item: Type = { kind: 'tuple', items: lists.map((list) => (typeOf(list) as { item: Type }).item) };
  const set = call.args.some((value) => typeOf(value).kind === 'set');
  return typed(set ? sorted(rows) : rows, { kind: set ? 'set' : 'list', item });
}
