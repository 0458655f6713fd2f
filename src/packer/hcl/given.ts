import type { Expression } from './ast';
import { expressionOf } from './json-expression';
import { parseHcl } from './parse-body';
import { Place } from './place';
import { parseJson } from '../json/parse';
import { Shape } from '../json/shape';
import type { ReadOptions } from '../template/options';
import { SourceFile } from '../template/source-file';

/** A value for a variable from outside: written in HCL, or a bare text that its type explains. */
export interface Given {
  readonly place: Place;
  readonly value: { readonly kind: 'expression'; readonly expression: Expression } | { readonly kind: 'text'; readonly text: string };
  /** What an unknown name means: a mistake, something to tell, or nothing. */
  readonly unknown: 'refused' | 'told' | 'ignored';
}

/** Values from outside; each source wins over those before it: environment, automatic files, files, single variables. */
export function givenValues(automatic: ReadonlyArray<string>, options: ReadOptions, place: Place): Map<string, Given> {
  const given = new Map<string, Given>();
  for (const [name, text] of Object.entries(options.environment ?? process.env)) {
    if (name.startsWith('PKR_VAR_') && text !== undefined) given.set(name.slice('PKR_VAR_'.length), { place, value: { kind: 'text', text }, unknown: 'ignored' });
  }
  for (const path of [...automatic, ...(options.variableFiles ?? [])]) {
    for (const [name, value] of valuesOf(path)) given.set(name, value);
  }
  for (const [name, text] of Object.entries(options.variables ?? {})) given.set(name, { place, value: { kind: 'text', text }, unknown: 'refused' });
  return given;
}

function valuesOf(path: string): Array<[string, Given]> {
  const file = SourceFile.read(path);
  return path.endsWith('.json') ? jsonValues(file) : hclValues(file);
}

function hclValues(file: SourceFile): Array<[string, Given]> {
  const { attributes, blocks } = parseHcl(file);
  blocks[0]?.place.fail('a file of values has no blocks', 'write name = value');
  return [...attributes.values()].map(({ name, place, value }) => [name, { place, value: { kind: 'expression', expression: value }, unknown: 'told' }]);
}

function jsonValues(file: SourceFile): Array<[string, Given]> {
  const plainText = (text: string, offset: number): Expression => ({ kind: 'literal', place: new Place(file, offset), value: text });
  const { members } = new Shape(file).object(parseJson(file), 'the file of values');
  return members.map(({ name, offset, value }) => [
    name, { place: new Place(file, offset), value: { kind: 'expression', expression: expressionOf(file, value, plainText) }, unknown: 'told' },
  ]);
}
