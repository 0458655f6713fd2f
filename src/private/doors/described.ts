import { isObject, kindsOf } from '../kinds';

/** An object of names and values, as options are; also one of a class of the user's. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && !Array.isArray(value) && kindsOf(value).length === 0 && !('node' in value);

export const withArticle = (name: string): string => `${/^(?:[AEIO]|SSM|MD5)/i.test(name) ? 'an' : 'a'} ${name}`;

/** A value in an error. */
export function described(value: unknown): string {
  switch (typeof value) {
    case 'string': return `the string '${value.length > 60 ? `${value.slice(0, 57)}…` : value}'`;
    case 'number': return `the number ${value}`;
    case 'function': return /^class\b/.test(Function.prototype.toString.call(value)) ? `the class ${value.name}` : 'a function';
    case 'object': return value === null ? 'null' : describedObject(value);
    default: return String(value);
  }
}

/** Compiled classes of the CDK have names such as Vpc2; jsii knows the public ones. */
function cdkName(value: object): string | undefined {
  const rtti = (value.constructor as unknown as Record<symbol, { fqn: string } | undefined> | undefined)?.[Symbol.for('jsii.rtti')];
  return rtti?.fqn.split('.').pop();
}

function describedObject(value: object): string {
  if (Array.isArray(value)) { return value.length === 0 ? 'an empty list' : `a list of ${value.length}`; }
  const name = kindsOf(value)[0] ?? cdkName(value) ?? value.constructor?.name ?? 'Object';
  if (name !== 'Object') { return withArticle(name); }
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 5).join(', ')}`;
}
