import { createHash } from 'node:crypto';
import type { Value } from '../value';
import { known, type Call, type FunctionTable } from './call';
import { decodeText, encodeText } from './character-sets';
import { csvRows } from './csv';
import { jsonText, valueOfJson } from './json-text';
import { uuidOf } from './uuid';
import { yamlText } from './yaml-text';
import { valueOfYaml } from './yaml-value';
import { typed } from '../type-of';

export const encoding: FunctionTable = {
  base64encode: known(1, 1, (call) => Buffer.from(call.text(0)).toString('base64')),
  base64decode: known(1, 1, (call) => utf8(call, bytes(call))),
  textencodebase64: known(2, 2, (call) => (
    encodeText(call.text(0), call.text(1))?.toString('base64') ?? call.fail('the encoding is not known, or has no such character', 'use UTF-8 or UTF-16LE'))),
  textdecodebase64: known(2, 2, (call) => (
    decodeText(bytes(call), call.text(1)) ?? call.fail('the encoding is not known, or has no such bytes', 'use UTF-8 or UTF-16LE'))),
  jsonencode: known(1, 1, (call) => jsonText(call.args[0]!)),
  jsondecode: known(1, 1, (call) => decoded(call, 'JSON', valueOfJson)),
  yamlencode: known(1, 1, (call) => yamlText(call.args[0]!) ?? call.fail('a name is too long, or has several lines', 'use a shorter one')),
  yamldecode: known(1, 1, (call) => decoded(call, 'YAML', valueOfYaml)),
  csvdecode: known(1, 1, csvDecode),
  urlencode: known(1, 1, (call) => encodeURIComponent(wellFormed(call)).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+')),
  uuidv5: known(2, 2, (call) => uuidOf(call.text(0), call.text(1)) ?? call.fail('the namespace is not known', 'use dns, url, oid, x500 or a UUID')),
  md5: hash('md5'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  sha512: hash('sha512'),
};

function hash(algorithm: string) {
  return known(1, 1, (call) => createHash(algorithm).update(call.text(0)).digest('hex'));
}

function wellFormed(call: Call): string {
  return Buffer.from(call.text(0), 'utf8').toString('utf8');
}

function bytes(call: Call): Buffer {
  const text = call.text(0).replace(/[\r\n]/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) call.fail('this is not base64', 'give the output of base64encode()');
  return Buffer.from(text, 'base64');
}

function utf8(call: Call, data: Buffer): string {
  return decodeText(data, 'UTF-8') ?? call.fail('the decoded bytes are not text', 'upload binary data as a file');
}

function decoded(call: Call, language: string, decode: (text: string) => Value): Value {
  try {
    return decode(call.text(0));
  } catch {
    return call.fail(`this is not ${language}, or nests too deep`, `check it with a tool for ${language}`);
  }
}

/** The first line has the names. */
function csvDecode(call: Call): Value {
  const [names, ...rows] = csvRows(call.text(0)) ?? call.fail('this is not CSV', 'check its quotes');
  if (names === undefined || new Set(names).size !== names.length) return call.fail('the names in the first line are missing, or stand twice', 'write one name for each column');
  if (rows.some((row) => row.length !== names.length)) call.fail('a line has more or fewer columns than the first', 'give as many');
  const items = rows.map((row) => new Map(row.map((text, index) => [names[index]!, text])));
  return typed(items, { kind: 'list', item: { kind: 'object', members: new Map(names.map((name) => [name, { kind: 'string' }])) } });
}
