import type { Attribute, Body, Expression, HclBlock } from './ast';
import { Cursor } from './cursor';
import { NAME } from './names';
import { parseExpression } from './parse-expression';
import { parseQuoted } from './parse-template';
import type { Place } from './place';
import type { SourceFile } from '../template/source-file';

/** Parses a file of HCL. */
export function parseHcl(file: SourceFile): Body {
  const cursor = new Cursor(file);
  const body = parseBody(cursor, () => cursor.atEnd);
  return body;
}

/** Parses a text that is one expression, such as the value of a variable from outside. */
export function parseWholeExpression(file: SourceFile): Expression {
  const cursor = new Cursor(file);
  const expression = cursor.within(false, () => {
    const parsed = parseExpression(cursor);
    cursor.skip();
    return parsed;
  });
  if (!cursor.atEnd) cursor.fail('something follows the value', 'write one value');
  return expression;
}

function parseBody(cursor: Cursor, ended: () => boolean): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: HclBlock[] = [];
  for (;;) {
    cursor.skipLines();
    if (ended()) return { attributes, blocks };
    const place = cursor.place;
    const name = cursor.take(NAME);
    if (name === undefined) return refuseStart(cursor);
    if (cursor.sees('=') && !cursor.sees('==')) addAttribute(cursor, attributes, name, place);
    else blocks.push(parseBlock(cursor, name, place));
    if (!cursor.acceptEndOfLine() && !endsHere(cursor)) cursor.fail('a line break is missing', 'write each attribute and each block on lines of its own');
  }
}

/** `block { name = value }` may stand on one line. */
function endsHere(cursor: Cursor): boolean {
  return cursor.sees('}');
}

function refuseStart(cursor: Cursor): never {
  if (cursor.atEnd) return cursor.fail('the file ends within a block', 'close it by }');
  if (cursor.sees('}')) return cursor.fail('a block is closed that was not opened', 'remove the }');
  return cursor.fail('an attribute or a block is expected here', 'write name = value, or name "label" { … }');
}

function addAttribute(cursor: Cursor, attributes: Map<string, Attribute>, name: string, place: Place): void {
  if (attributes.has(name)) place.fail(`"${name}" is set twice`, 'keep one of them');
  cursor.accept('=');
  attributes.set(name, { name, place, value: parseExpression(cursor) });
}

function parseBlock(cursor: Cursor, type: string, place: Place): HclBlock {
  const labels: string[] = [];
  while (!cursor.accept('{')) labels.push(parseLabel(cursor, type));
  const body = cursor.nested(() => cursor.within(true, () => parseBody(cursor, () => cursor.accept('}'))));
  return { type, labels, place, body };
}

function parseLabel(cursor: Cursor, type: string): string {
  cursor.skip();
  const bare = cursor.take(NAME);
  if (bare !== undefined) return bare;
  if (!cursor.sees('"')) cursor.fail(`"=" or "{" is missing after "${type}"`, 'write name = value, or name "label" { … }');
  const label = parseQuoted(cursor);
  return label.kind === 'literal' && typeof label.value === 'string' ? label.value : label.place.fail('a label is a fixed text', 'write it without ${…}');
}
