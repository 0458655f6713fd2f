import { HclNumber } from './number/hcl-number';
import { fixed } from './number/number-text';
import type { Place } from './place';
import { concatenate, Late, type Text } from '../template/late';
import type { Block } from '../template/model';

export type Value = null | boolean | HclNumber | string | Late | DataValue | Namespace | ReadonlyArray<Value> | ReadonlyMap<string, Value>;
export type ValueMap = ReadonlyMap<string, Value>;
export type ValueList = ReadonlyArray<Value>;

/** An attribute of a `data` block. */
export class DataValue {
  public constructor(public readonly block: Block, public readonly attribute: string) {}
}

/** What only its members have a value of: `var`, `local`, `build`. */
export class Namespace {
  public constructor(public readonly member: (name: string, place: Place) => Value) {}
}

export function isList(value: Value): value is ValueList {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ValueMap {
  return value instanceof Map;
}

export function isNumber(value: Value): value is HclNumber {
  return value instanceof HclNumber;
}

/** The name of a value's type, for messages: never the value, which may be secret. */
export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'a map';
  if (value instanceof Late) return value.secrets.length > 0 ? 'a sensitive value' : 'a value that only the build knows';
  if (value instanceof DataValue) return 'a value of a data block';
  if (value instanceof Namespace) return 'a group of names';
  if (isNumber(value)) return 'a number';
  return typeof value === 'boolean' ? 'a bool' : 'a string';
}

/** What a template makes of a value; undefined where it cannot stand in a text. */
export function toText(value: Value): Text | undefined {
  if (typeof value === 'string' || value instanceof Late) return value;
  if (isNumber(value)) return fixed(value);
  return typeof value === 'boolean' ? String(value) : undefined;
}

export function join(texts: ReadonlyArray<Text>, separator: string): Text {
  return concatenate(texts.flatMap((text, index) => (index === 0 ? [text] : [separator, text])));
}

/** A sensitive part of a value, wherever it stands. */
export function secretIn(value: Value): Late | undefined {
  if (value instanceof Late) return value.secrets.length > 0 ? value : undefined;
  if (!isList(value) && !isMap(value)) return undefined;
  for (const item of value.values()) {
    const found = secretIn(item);
    if (found) return found;
  }
  return undefined;
}

/** Whether a value is all known. */
export function isKnown(value: Value): boolean {
  if (value instanceof Late || value instanceof DataValue || value instanceof Namespace) return false;
  return !(isList(value) || isMap(value)) || [...value.values()].every(isKnown);
}

/** Equal texts for equal values of known parts; numbers and texts differ. */
export function canonical(value: Value): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (isMap(value)) return `{${[...value.keys()].sort().map((key) => `${JSON.stringify(key)}:${canonical(value.get(key)!)}`).join()}}`;
  return isNumber(value) ? fixed(value) : JSON.stringify(value) ?? '';
}
