import { SPLAT_ITEM, type Expression } from './ast';
import { Cursor } from './cursor';
import { NAME } from './names';
import { HclNumber } from './number/hcl-number';
import { parseList, parseObject } from './parse-collection';
import { parseHeredoc, parseQuoted } from './parse-template';

const NUMBER = /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const HEREDOC = /<<-?[\p{L}_]/uy;
const OPERATOR = /\|\||&&|==|!=|<=|>=|<(?!<)|>|\+|-|\*|\/(?![/*])|%(?!\{)/y;
/** Binary operators, the loosest first. */
const PRECEDENCE = new Map([['||', 1], ['&&', 2], ['==', 3], ['!=', 3], ['<', 4], ['>', 4], ['<=', 4], ['>=', 4], ['+', 5], ['-', 5], ['*', 6], ['/', 6], ['%', 6]]);
const CONSTANTS = new Map<string, boolean | null>([['true', true], ['false', false], ['null', null]]);

export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() => {
    const place = cursor.next();
    const condition = binary(cursor, 1);
    if (!cursor.accept('?')) return condition;
    const yes = parseExpression(cursor);
    cursor.expect(':', 'between the two results of a condition');
    return { kind: 'conditional', place, condition, yes, no: parseExpression(cursor) };
  });
}

function binary(cursor: Cursor, loosest: number): Expression {
  let left = unary(cursor);
  for (;;) {
    cursor.skip();
    const start = cursor.place;
    const operator = cursor.take(OPERATOR);
    const precedence = PRECEDENCE.get(operator ?? '') ?? 0;
    if (precedence < loosest) {
      cursor.offset = start.offset;
      return left;
    }
    left = { kind: 'binary', place: left.place, operator: operator!, left, right: binary(cursor, precedence + 1) };
  }
}

function unary(cursor: Cursor): Expression {
  const place = cursor.next();
  const operator = ['-', '!'].find((sign) => cursor.accept(sign));
  if (operator) return { kind: 'unary', place, operator, operand: cursor.nested(() => unary(cursor)) };
  return postfix(cursor, primary(cursor));
}

/** Attributes, indices and splats behind an expression. */
function postfix(cursor: Cursor, first: Expression): Expression {
  let of = first;
  for (;;) {
    const place = cursor.next();
    if (cursor.sees('...')) return of;
    const item: Expression = { kind: 'name', place, name: SPLAT_ITEM };
    if (cursor.accept('[*]')) return { kind: 'splat', place: of.place, of, each: postfix(cursor, item) };
    if (cursor.accept('.*')) of = { kind: 'splat', place: of.place, of, each: attributes(cursor, item) };
    else if (cursor.accept('.')) of = dotted(cursor, of);
    else if (cursor.accept('[')) of = { kind: 'index', place: of.place, of, index: bracketed(cursor) };
    else return of;
  }
}

/** All that the older splat does to each item: an index behind it is one of the list. */
function attributes(cursor: Cursor, item: Expression): Expression {
  let of = item;
  while (!cursor.sees('...') && cursor.accept('.')) of = dotted(cursor, of);
  return of;
}

function bracketed(cursor: Cursor): Expression {
  return cursor.within(false, () => {
    const index = parseExpression(cursor);
    cursor.expect(']', 'after an index');
    return index;
  });
}

/** An attribute, or the older way to write an index (`list.0`). */
function dotted(cursor: Cursor, of: Expression): Expression {
  const place = cursor.next();
  const digits = cursor.take(/[0-9]+(?:\.[0-9]+)?/y);
  if (digits?.includes('.')) cursor.fail('two indices in a row are no older index', 'write [0][1]');
  if (digits !== undefined) return { kind: 'index', place: of.place, of, index: { kind: 'literal', place, value: HclNumber.parse(digits)! } };
  const name = cursor.take(NAME);
  return name === undefined ? cursor.fail('a name is missing after the dot', 'write the name of an attribute') : { kind: 'attribute', place: of.place, of, name };
}

function primary(cursor: Cursor): Expression {
  const place = cursor.next();
  const next = cursor.file.text[cursor.offset];
  if (next === '"') return parseQuoted(cursor);
  if (next === '[') return parseList(cursor);
  if (next === '{') return parseObject(cursor);
  if (next === '(') return parenthesised(cursor);
  const heredoc = cursor.take(HEREDOC);
  if (heredoc !== undefined) {
    cursor.offset = place.offset;
    return parseHeredoc(cursor);
  }
  const number = cursor.take(NUMBER);
  if (number !== undefined) return { kind: 'literal', place, value: HclNumber.parse(number) ?? place.fail('the number is too long', 'use fewer digits') };
  const name = cursor.take(NAME);
  if (name === undefined) return cursor.fail('a value is missing here, or is not understood', 'write a string in double quotes, a number, a list, an object or a name');
  return named(cursor, place, name);
}

function parenthesised(cursor: Cursor): Expression {
  cursor.accept('(');
  return cursor.within(false, () => {
    const expression = parseExpression(cursor);
    cursor.expect(')', 'after an expression in parentheses');
    return expression;
  });
}

function named(cursor: Cursor, place: Expression['place'], name: string): Expression {
  if (cursor.sees('::')) cursor.fail('functions of plugins are not known', 'write the value');
  if (cursor.accept('(')) return cursor.within(false, () => ({ kind: 'call', place, name, ...callArguments(cursor) }));
  const constant = CONSTANTS.get(name);
  return constant === undefined ? { kind: 'name', place, name } : { kind: 'literal', place, value: constant };
}

function callArguments(cursor: Cursor): { args: Expression[]; expanded: boolean } {
  const args: Expression[] = [];
  while (!cursor.accept(')')) {
    args.push(parseExpression(cursor));
    const expanded = cursor.accept('...');
    const comma = !expanded && cursor.accept(',');
    if (!comma) cursor.expect(')', 'after the arguments of a function');
    if (!comma) return { args, expanded };
  }
  return { args, expanded: false };
}
