import type { Expression, Loop } from './ast';
import { toBoolean } from './convert';
import type { Evaluator } from './evaluate';
import { HclNumber } from './number/hcl-number';
import type { Place } from './place';
import type { Scope } from './scope';
import { typeOf } from './type-of';
import { isList, isMap, secretIn, toText, typeName, type Value } from './value';
import { derivedSecret } from '../template/late';

type For = Extract<Expression, { kind: 'for' }>;

/** The scopes of the rounds of a loop; maps go by their keys, sorted, as in HCL. */
export function* rounds(evaluator: Evaluator, loop: Loop, place: Place, scope: Scope): Generator<Scope> {
  const collection = evaluator.evaluate(loop.collection, scope);
  for (const [key, value] of entries(collection, place, '"for"')) {
    evaluator.spend(1, place);
    yield scope.with(loop.keyName === undefined ? [[loop.valueName, value]] : [[loop.keyName, key], [loop.valueName, value]]);
  }
}

/** Keys and values in the order of HCL: a set has no keys but its values. */
export function entries(collection: Value, place: Place, what: string): Array<[Value, Value]> {
  if (isList(collection)) return collection.map((item, index) => [typeOf(collection).kind === 'set' ? item : HclNumber.of(index), item]);
  if (isMap(collection)) return [...collection].sort(([a], [b]) => (a < b ? -1 : 1));
  return place.fail(`${what} goes through ${typeName(collection)}`, 'give a list or a map');
}

export function evaluateFor(evaluator: Evaluator, loop: For, scope: Scope): Value {
  const list: Value[] = [];
  const groups = new Map<string, Value[]>();
  for (const round of rounds(evaluator, loop.loop, loop.place, scope)) {
    const kept = loop.condition === undefined ? true : evaluator.evaluate(loop.condition, round);
    const secret = secretIn(kept);
    if (secret) return derivedSecret(secret);
    if (!toBoolean(kept, loop.place)) continue;
    const value = evaluator.evaluate(loop.value, round);
    if (loop.key) addTo(groups, loop, evaluator.evaluate(loop.key, round), value);
    else list.push(value);
  }
  if (!loop.key) return list;
  return loop.grouped ? groups : new Map([...groups].map(([key, values]) => [key, values[0]!]));
}

function addTo(groups: Map<string, Value[]>, loop: For, written: Value, value: Value): void {
  const key = toText(written);
  if (typeof key !== 'string') return loop.key!.place.fail(`a key is ${typeName(written)}`, 'use a text');
  const group = groups.get(key);
  if (group && !loop.grouped) loop.key!.place.fail('two items have the same key', 'write value... to collect them in lists');
  if (group) group.push(value);
  else groups.set(key, [value]);
}
