import { HclNumber } from './number/hcl-number';
import type { Place } from './place';
import { typeOf } from './type-of';
import { DataValue, isList, isMap, isNumber, Namespace, toText, typeName, type Value } from './value';
import { derivedSecret, Late } from '../template/late';
import { suggestion } from '../template/nearest';

export function attributeOf(value: Value, name: string, place: Place): Value {
  if (value instanceof Namespace) return value.member(name, place);
  if (value instanceof Late && value.secrets.length > 0) return derivedSecret(value);
  if (!isMap(value)) return place.fail(`${typeName(value)} has no attribute "${name}"`, 'use a map');
  const member = value.get(name);
  return member === undefined ? place.fail(`the attribute "${name}" is not there`, suggestion(name, value.keys())) : member;
}

export function indexOf(value: Value, index: Value, place: Place): Value {
  const secret = [value, index].find((one): one is Late => one instanceof Late && one.secrets.length > 0);
  if (secret) return derivedSecret(secret);
  if (typeOf(value).kind === 'set') return place.fail('a set has no order', 'use sort(), or convert(…, list(string))');
  if (isList(value)) return itemOf(value, typeof index === 'string' ? HclNumber.parse(index) ?? index : index, place);
  if (value instanceof DataValue) return place.fail('a value of a data block is not known while the template is read', 'write the value');
  const name = typeof index === 'string' || isNumber(index) ? toText(index) : undefined;
  return typeof name === 'string'
    ? attributeOf(value, name, place)
    : place.fail(`an index is ${typeName(index)}`, 'use a number for a list, a text for a map');
}

function itemOf(list: ReadonlyArray<Value>, index: Value, place: Place): Value {
  const item = isNumber(index) && index.isWhole ? list[index.toNumber()] : undefined;
  return item === undefined ? place.fail(`the list has ${list.length} items, and the one asked for is not among them`, 'count from 0') : item;
}
