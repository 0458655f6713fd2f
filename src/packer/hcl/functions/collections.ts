import { canonical, isList, isMap, typeName, type Value, type ValueList } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';

/** More items than a list of a template ever has. */
const MOST_ITEMS = 10_000;

export const collections: FunctionTable = {
  length: coping(1, 1, (call) => {
    const [value] = call.args;
    if (isMap(value!)) return value.size;
    return isList(value!) ? value.length : [...call.text(0)].length;
  }),
  concat: coping(1, Infinity, (call) => call.args.flatMap((_, index) => [...call.list(index)])),
  merge: coping(0, Infinity, (call) => new Map(call.args.flatMap((value, index) => (value === null ? [] : [...call.map(index)])))),
  flatten: coping(1, 1, (call) => flattened(call.list(0))),
  reverse: coping(1, 1, (call) => [...call.list(0)].reverse()),
  element: coping(2, 2, (call) => {
    const list = call.list(0);
    if (list.length === 0) call.fail('the list is empty', 'give a list with items');
    return list[((call.whole(1) % list.length) + list.length) % list.length]!;
  }),
  slice: coping(3, 3, (call) => {
    const [start, end] = [call.whole(1), call.whole(2)];
    if (start < 0 || end < start || end > call.list(0).length) call.fail('the bounds are not within the list', 'give 0 ≤ start ≤ end ≤ length');
    return call.list(0).slice(start, end);
  }),
  chunklist: coping(2, 2, (call) => {
    const [list, size] = [call.list(0), call.whole(1)];
    if (size < 1) call.fail('a chunk has at least one item', 'give a positive number');
    return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
  }),
  keys: coping(1, 1, (call) => [...call.map(0).keys()].sort()),
  values: coping(1, 1, (call) => [...call.map(0).keys()].sort().map((key) => call.map(0).get(key)!)),
  lookup: coping(2, 3, (call) => call.map(0).get(call.text(1)) ?? call.args[2] ?? call.fail('the key is not there, and there is no default', 'give a third argument')),
  zipmap: coping(2, 2, (call) => {
    const [keys, values] = [call.list(0), call.list(1)];
    if (keys.length !== values.length) call.fail('the lists differ in length', 'give as many values as keys');
    return new Map(keys.map((key, index) => [textOf(call, key), values[index]!]));
  }),
  coalesce: coping(1, Infinity, (call) => call.args.find((value) => value !== null && value !== '') ?? call.fail('every argument is empty', 'give a last one that is not')),
  coalescelist: coping(1, Infinity, (call) => call.args.find((value) => isList(value) && value.length > 0) ?? call.fail('every list is empty', 'give one that is not')),
  contains: known(2, 2, (call) => call.list(0).some((item) => canonical(item) === canonical(call.args[1]!))),
  index: known(2, 2, (call) => {
    const found = call.list(0).findIndex((item) => canonical(item) === canonical(call.args[1]!));
    return found < 0 ? call.fail('the list does not hold the value', 'use contains() to ask') : found;
  }),
  compact: coping(1, 1, (call) => call.list(0).filter((item) => item !== '' && item !== null)),
  distinct: known(1, 1, (call) => distinct(call.list(0))),
  sort: known(1, 1, (call) => call.list(0).map((item) => textOf(call, item)).sort()),
  range: known(1, 3, range),
  setunion: known(1, Infinity, (call) => distinct(call.args.flatMap((_, index) => [...call.list(index)]))),
  setintersection: known(1, Infinity, (call) => (
    call.args.slice(1).reduce<ValueList>((left, _, index) => within(left, call.list(index + 1), true), distinct(call.list(0)))
  )),
  setsubtract: known(2, 2, (call) => within(distinct(call.list(0)), call.list(1), false)),
  setproduct: known(2, Infinity, setProduct),
  alltrue: known(1, 1, (call) => call.list(0).every((item) => item === true || item === 'true')),
  anytrue: known(1, 1, (call) => call.list(0).some((item) => item === true || item === 'true')),
  sum: known(1, 1, (call) => call.list(0).reduce<number>((sum, item) => sum + (typeof item === 'number' ? item : call.fail('an item is not a number', 'give numbers')), 0)),
  tolist: coping(1, 1, (call) => call.list(0)),
  toset: known(1, 1, (call) => distinct(call.list(0)).sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))),
  tomap: coping(1, 1, (call) => call.map(0)),
  tostring: coping(1, 1, (call) => (call.args[0] === null ? null : call.lateText(0))),
  tonumber: known(1, 1, (call) => (call.args[0] === null ? null : call.number(0))),
  tobool: known(1, 1, (call) => {
    const [value] = call.args;
    if (value === 'true' || value === 'false') return value === 'true';
    return typeof value === 'boolean' || value === null ? value : call.fail(`${typeName(value!)} is not a bool`, 'give true or false');
  }),
};

function textOf(call: Call, value: Value): string {
  const text = call.asText(value);
  return typeof text === 'string' ? text : call.fail('this is not known while the template is read', 'give a fixed text');
}

function flattened(list: ValueList): Value[] {
  return list.flatMap((item) => (isList(item) ? flattened(item) : [item]));
}

function distinct(list: ValueList): Value[] {
  return [...new Map(list.map((item) => [canonical(item), item])).values()];
}

function within(list: ValueList, other: ValueList, wanted: boolean): Value[] {
  const keys = new Set(other.map(canonical));
  return list.filter((item) => keys.has(canonical(item)) === wanted);
}

function range(call: Call): Value {
  const [start, limit] = call.args.length === 1 ? [0, call.number(0)] : [call.number(0), call.number(1)];
  const step = call.args.length === 3 ? call.number(2) : limit < start ? -1 : 1;
  const count = Math.max(0, Math.ceil((limit - start) / step));
  if (step === 0 || !(count <= 1024)) call.fail('there would be more than 1024 items', 'give nearer bounds, or a larger step');
  return Array.from({ length: count }, (_, index) => start + index * step);
}

function setProduct(call: Call): Value {
  const lists = call.args.map((_, index) => call.list(index));
  if (lists.reduce((product, list) => product * list.length, 1) > MOST_ITEMS) call.fail('the product is too large', 'give shorter lists');
  return lists.reduce<Value[][]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);
}

