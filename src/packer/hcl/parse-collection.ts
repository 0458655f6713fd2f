import type { Expression, Loop, ObjectItem } from './ast';
import type { Cursor } from './cursor';
import { NAME } from './names';
import { parseExpression } from './parse-expression';

const FOR = /for(?![\p{L}\p{N}_-])/uy;
const IN = /in(?![\p{L}\p{N}_-])/uy;
const IF = /if(?![\p{L}\p{N}_-])/uy;
/** A name that is a key, not the beginning of an expression. */
const BARE_KEY = /[\p{L}_][\p{L}\p{N}_-]*(?=[ \t]*(?:[:]|=(?!=)))/uy;

export function parseList(cursor: Cursor): Expression {
  const place = cursor.next();
  cursor.accept('[');
  return cursor.within(false, () => {
    const loop = parseFor(cursor);
    if (loop) {
      const value = parseExpression(cursor);
      return { kind: 'for', place, loop, value, ...ending(cursor, ']'), grouped: false };
    }
    const items: Expression[] = [];
    while (!cursor.accept(']')) {
      items.push(parseExpression(cursor));
      if (!cursor.accept(',') && !cursor.sees(']')) cursor.fail('a comma or "]" is missing', 'separate the items of a list by commas');
    }
    return { kind: 'list', place, items };
  });
}

export function parseObject(cursor: Cursor): Expression {
  const place = cursor.next();
  cursor.accept('{');
  return seesFor(cursor) ? objectFor(cursor, place) : cursor.within(true, () => ({ kind: 'object', place, items: objectItems(cursor) }));
}

function seesFor(cursor: Cursor): boolean {
  cursor.skipLines();
  const start = cursor.offset;
  const found = cursor.take(FOR) !== undefined;
  cursor.offset = start;
  return found;
}

function objectFor(cursor: Cursor, place: Expression['place']): Expression {
  return cursor.within(false, () => {
    const loop = parseFor(cursor)!;
    const key = parseExpression(cursor);
    cursor.expect('=>', 'between key and value');
    const value = parseExpression(cursor);
    const grouped = cursor.accept('...');
    return { kind: 'for', place, loop, key, value, grouped, ...ending(cursor, '}') };
  });
}

/** `for key, value in collection :`, where it stands. */
function parseFor(cursor: Cursor): Loop | undefined {
  cursor.skip();
  if (cursor.take(FOR) === undefined) return undefined;
  const loop = parseLoop(cursor);
  cursor.expect(':', 'after what "for" goes through');
  return loop;
}

/** `key, value in collection` */
export function parseLoop(cursor: Cursor): Loop {
  const first = parseName(cursor);
  const second = cursor.accept(',') ? parseName(cursor) : undefined;
  cursor.skip();
  if (cursor.take(IN) === undefined) cursor.fail('"in" is missing', 'write for name in collection');
  const collection = parseExpression(cursor);
  return second === undefined ? { valueName: first, collection } : { keyName: first, valueName: second, collection };
}

function parseName(cursor: Cursor): string {
  cursor.skip();
  return cursor.take(NAME) ?? cursor.fail('a name is missing', 'write for name in collection');
}

/** `if condition`, and the bracket. */
function ending(cursor: Cursor, bracket: string): { condition?: Expression } {
  cursor.skip();
  const condition = cursor.take(IF) === undefined ? undefined : parseExpression(cursor);
  cursor.expect(bracket, 'after "for"');
  return condition ? { condition } : {};
}

function objectItems(cursor: Cursor): ObjectItem[] {
  const items: ObjectItem[] = [];
  for (;;) {
    cursor.skipLines();
    if (cursor.accept('}')) return items;
    const key = parseKey(cursor);
    if (!cursor.accept('=') && !cursor.accept(':')) cursor.fail('"=" is missing after the key', 'write key = value');
    items.push({ key, value: parseExpression(cursor) });
    if (!cursor.accept(',') && !cursor.sees('}') && !cursor.acceptEndOfLine()) {
      cursor.fail('a comma or a line break is missing', 'separate the items of an object');
    }
    if (cursor.atEnd) cursor.fail('"}" is missing', 'close the object');
  }
}

function parseKey(cursor: Cursor): Expression {
  const place = cursor.next();
  const name = cursor.take(BARE_KEY);
  return name === undefined ? parseExpression(cursor) : { kind: 'literal', place, value: name };
}
