import type { Expression, Loop } from './ast';
import type { Cursor } from './cursor';
import { parseLoop } from './parse-collection';
import { parseExpression } from './parse-expression';
import type { Place } from './place';

/** A piece of a template before its `if` and `for` are put together. */
export type Token =
  | { readonly kind: 'text'; text: string }
  | (Marked & { readonly kind: 'value'; readonly expression: Expression })
  | (Marked & { readonly kind: 'if'; readonly condition: Expression })
  | (Marked & { readonly kind: 'for'; readonly loop: Loop })
  | (Marked & { readonly kind: 'else' | 'endif' | 'endfor' });

interface Marked {
  readonly place: Place;
  /** `~` before or after: takes the blanks on that side away. */
  readonly stripLeft: boolean;
  readonly stripRight: boolean;
}

/** Where a template ends: at a quote, or at an offset. */
export type Extent = { readonly kind: 'quoted' } | { readonly kind: 'region'; readonly end: number };

const QUOTED_TEXT = /(?:[^"\\\r\n$%]+|\$(?!\$?\{)|%(?!%?\{))+/y;
const REGION_LINE = /(?:[^\n$%]+|\$(?!\$?\{)|%(?!%?\{))*\n?/y;
const DOUBLED = /(?:\$\$\{|%%\{)/y;
const ESCAPE = /\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;
const DIRECTIVE = /(?:if|else|endif|for|endfor)(?![\p{L}\p{N}_-])/uy;

export function readTokens(cursor: Cursor, extent: Extent): Token[] {
  const tokens: Token[] = [];
  for (;;) {
    const start = cursor.offset;
    const literal = extent.kind === 'quoted' ? quotedText(cursor) : regionText(cursor, extent.end);
    if (literal !== '') tokens.push({ kind: 'text', text: literal });
    else if (extent.kind === 'region' ? cursor.offset >= extent.end : !/^[$%]\{/.test(cursor.file.text.slice(start, start + 2))) return tokens;
    else tokens.push(cursor.within(false, () => marked(cursor)));
  }
}

/** Literal text up to a marker, with its escapes resolved. */
function quotedText(cursor: Cursor): string {
  let text = '';
  for (;;) {
    const doubled = takeDoubled(cursor);
    const plain = doubled ?? cursor.take(QUOTED_TEXT);
    if (plain !== undefined) {
      text += plain;
      continue;
    }
    if (cursor.file.text[cursor.offset] !== '\\') return text;
    const escape = cursor.take(ESCAPE);
    if (escape === undefined) cursor.fail('this escape is not known', 'write \\\\ for a backslash; \\n, \\r, \\t, \\", \\uXXXX are known');
    text += unescaped(cursor, escape!);
  }
}

/** `$${` and `%%{` stand for the same without a template. */
function takeDoubled(cursor: Cursor): string | undefined {
  return cursor.take(DOUBLED)?.slice(1);
}

const SIMPLE: Record<string, string> = { 'n': '\n', 'r': '\r', 't': '\t', '"': '"', '\\': '\\' };

function unescaped(cursor: Cursor, escape: string): string {
  if (escape.length === 2) return SIMPLE[escape[1]!]!;
  const code = parseInt(escape.slice(2), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : cursor.fail('there is no such character', 'use a code up to 0010FFFF');
}

/** Text of a heredoc, at most up to the end of its line. */
function regionText(cursor: Cursor, end: number): string {
  let text = '';
  while (cursor.offset < end && !text.endsWith('\n')) {
    const taken = takeDoubled(cursor) ?? cursor.take(REGION_LINE)!;
    if (taken === '') return text;
    text += taken;
  }
  return text;
}

function marked(cursor: Cursor): Token {
  const place = cursor.place;
  const directive = cursor.file.text[cursor.offset] === '%';
  cursor.offset += 2;
  const stripLeft = cursor.take(/~/y) !== undefined;
  cursor.skip();
  const token = directive ? readDirective(cursor) : { kind: 'value' as const, expression: parseExpression(cursor) };
  cursor.skip();
  const stripRight = cursor.take(/~/y) !== undefined;
  cursor.expect('}', 'at the end of a template');
  return { ...token, place, stripLeft, stripRight };
}

type Directive = { kind: 'if'; condition: Expression } | { kind: 'for'; loop: Loop } | { kind: 'else' | 'endif' | 'endfor' };

function readDirective(cursor: Cursor): Directive {
  const word = cursor.take(DIRECTIVE);
  if (word === undefined) cursor.fail('%{ begins a directive', 'write if, else, endif, for or endfor; %%{ for the text itself');
  if (word === 'if') return { kind: 'if', condition: parseExpression(cursor) };
  if (word === 'for') return { kind: 'for', loop: parseLoop(cursor) };
  return { kind: word as 'else' | 'endif' | 'endfor' };
}
