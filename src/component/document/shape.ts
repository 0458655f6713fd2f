import { shown, type Violation } from './violation';

export type Mapping = Record<string, unknown>;

/** Kinds of values. Where a text may hold a reference, so may every other scalar: its value comes later. */
export type Kind = 'string' | 'boolean' | 'integer' | 'strings' | 'mapping' | 'any';

export interface Field {
  readonly kind: Kind;
  readonly required?: boolean;
  /** The only valid values; compared without case. */
  readonly values?: readonly string[];
  /** Not known to Windows. */
  readonly linuxOnly?: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

export const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const isReference = (value: unknown): boolean => typeof value === 'string' && value.includes('{{');

const kinds: Record<Kind, { readonly expected: string; readonly test: (value: unknown) => boolean }> = {
  string: { expected: 'a text; quote it where it begins with {{', test: isScalar },
  boolean: { expected: 'true or false', test: (value) => typeof value === 'boolean' || /^(?:true|false)$/i.test(String(value)) || isReference(value) },
  integer: { expected: 'a whole number', test: (value) => /^-?\d+$/.test(String(value)) || isReference(value) },
  strings: { expected: 'a list of texts', test: (value) => Array.isArray(value) && value.length > 0 && value.every(isScalar) },
  mapping: { expected: 'a map', test: isMapping },
  any: { expected: 'a value', test: (value) => value !== null && value !== undefined },
};

/** Checks the members of a map: the required ones, no unknown ones, each of its kind. */
export function checkFields(path: string, value: unknown, fields: Fields): Violation[] {
  if (!isMapping(value)) {
    return [{ path, what: `it is ${shown(value)}`, expected: `a map with ${Object.keys(fields).join(', ')}` }];
  }
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(fields, key)).map((key) => ({
    path: `${path}.${key}`, what: `'${key}' is not known here`, expected: `one of ${Object.keys(fields).join(', ')}`,
  }));
  return [...unknown, ...Object.entries(fields).flatMap(([key, field]) => checkField(`${path}.${key}`, value[key], field))];
}

function checkField(path: string, value: unknown, field: Field): Violation[] {
  if (value === undefined || value === null) {
    return field.required ? [{ path, what: 'it is missing', expected: kinds[field.kind].expected }] : [];
  }
  if (!kinds[field.kind].test(value)) {
    return [{ path, what: `it is ${shown(value)}`, expected: kinds[field.kind].expected }];
  }
  if (field.values && !isReference(value) && !field.values.some((each) => each.toLowerCase() === String(value).toLowerCase())) {
    return [{ path, what: `it is ${shown(value)}`, expected: `one of ${field.values.join(', ')}` }];
  }
  return [];
}
