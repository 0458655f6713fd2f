import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';
import { isList, isMap, type Value } from '../value';
import { known, type Call, type FunctionTable } from './call';

export const encoding: FunctionTable = {
  base64encode: known(1, 1, (call) => Buffer.from(call.text(0)).toString('base64')),
  base64decode: known(1, 1, base64decode),
  jsonencode: known(1, 1, (call) => escapeHtml(JSON.stringify(plain(call.args[0]!)))),
  jsondecode: known(1, 1, (call) => decoded(call, 'JSON', (text) => JSON.parse(text) as unknown)),
  yamlencode: known(1, 1, (call) => stringify(plain(call.args[0]!), { aliasDuplicateObjects: false, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE', lineWidth: 0 })),
  yamldecode: known(1, 1, (call) => decoded(call, 'YAML', (text) => parse(text, { maxAliasCount: 50, logLevel: 'silent' }) as unknown)),
  urlencode: known(1, 1, (call) => encodeURIComponent(wellFormed(call)).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+')),
  md5: hash('md5'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  sha512: hash('sha512'),
  base64sha256: known(1, 1, (call) => createHash('sha256').update(call.text(0)).digest('base64')),
  base64sha512: known(1, 1, (call) => createHash('sha512').update(call.text(0)).digest('base64')),
};

function hash(algorithm: string) {
  return known(1, 1, (call) => createHash(algorithm).update(call.text(0)).digest('hex'));
}

function wellFormed(call: Call): string {
  return Buffer.from(call.text(0), 'utf8').toString('utf8');
}

function base64decode(call: Call): string {
  const text = call.text(0);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) call.fail('this is not base64', 'give the output of base64encode()');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, 'base64'));
  } catch {
    return call.fail('the decoded bytes are not text', 'upload binary data as a file');
  }
}

/** As Go writes JSON, and HCL with it. */
function escapeHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Keys in alphabetical order, as HCL has them. */
export function plain(value: Value): unknown {
  if (isList(value)) return value.map(plain);
  if (!isMap(value)) return value;
  return Object.fromEntries([...value.keys()].sort().map((key) => [key, plain(value.get(key)!)]));
}

function decoded(call: Call, language: string, decode: (text: string) => unknown): Value {
  try {
    return toValue(decode(call.text(0)));
  } catch {
    return call.fail(`this is not ${language}, or nests too deep`, `check it with a tool for ${language}`);
  }
}

function toValue(data: unknown, depth = 0): Value {
  if (depth > 100) throw new RangeError('too deep');
  if (Array.isArray(data)) return data.map((item) => toValue(item, depth + 1));
  if (typeof data === 'object' && data !== null) return new Map(Object.entries(data).map(([key, item]) => [key, toValue(item, depth + 1)]));
  return typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean' ? data : null;
}
