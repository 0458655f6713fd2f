import { RE2JS } from 're2js';
import { typed } from '../type-of';
import { STRING, type Type } from '../types';
import type { Value } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';
import { mapText } from './text-mapping';

/** Patterns of Go's regexp, which look at each character a bounded number of times. */
export const regularExpressions: FunctionTable = {
  regex: known(2, 2, (call) => {
    const pattern = compiled(call, call.text(0));
    const [first] = matches(call, pattern, call.text(1));
    return first === undefined ? call.fail('the pattern matches nothing', 'use can(regex(…)) to ask') : captured(call, pattern, first);
  }),
  regexall: known(2, 2, (call) => {
    const pattern = compiled(call, call.text(0));
    return typed(matches(call, pattern, call.text(1)).map((match) => captured(call, pattern, match)), { kind: 'list', item: captureType(pattern) });
  }),
  regex_replace: coping(3, 3, (call) => {
    const [pattern, replacement] = [compiled(call, call.text(1)), call.text(2)];
    return mapText(call, 0, (text) => replaced(call, pattern, text, replacement));
  }),
};

interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: ReadonlyArray<string | null>;
}

const LONGEST_PATTERN = 1000;
/** So many steps of a pattern are about as much work as evaluating one expression. */
const STEPS_A_UNIT = 16;

function compiled(call: Call, pattern: string): RE2JS {
  if (pattern.length > LONGEST_PATTERN) call.fail('the pattern is too long', `use up to ${LONGEST_PATTERN} characters`);
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return call.fail(`the pattern is not one of Go (${(error as Error).message})`, 'use the notation of RE2: without lookahead and back references');
  }
}

/** As Go finds them: nothing is not matched right behind a match. */
function matches(call: Call, pattern: RE2JS, text: string): Match[] {
  const matcher = pattern.matcher(text);
  const work = (from: number): void => call.context.spend(((text.length - from) * matcher.programSize()) / STEPS_A_UNIT, call.place);
  work(0);
  const found: Match[] = [];
  let before = -1;
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    // Each match may have looked at all that follows.
    work(start);
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index));
    if (end > start || start !== before) found.push({ start, end, groups });
    before = end;
  }
  return found;
}

/** The whole match, its groups, or its groups by name: a pattern has one kind of them. */
function captured(call: Call, pattern: RE2JS, { groups }: Match): Value {
  const named = Object.entries(pattern.namedGroups());
  if (groups.length === 1) return groups[0]!;
  if (named.length > 0 && named.length < groups.length - 1) call.fail('the pattern has groups with names and groups without', 'give all of them names, or none');
  return named.length > 0 ? new Map(named.map(([name, index]) => [name, groups[index] ?? null])) : groups.slice(1);
}

function captureType(pattern: RE2JS): Type {
  const names = Object.keys(pattern.namedGroups());
  if (names.length > 0) return { kind: 'object', members: new Map(names.map((name) => [name, STRING])) };
  const count = pattern.groupCount();
  return count === 0 ? STRING : { kind: 'tuple', items: Array<Type>(count).fill(STRING) };
}

function replaced(call: Call, pattern: RE2JS, text: string, replacement: string): string {
  const pieces: string[] = [];
  let [end, length] = [0, text.length];
  for (const match of matches(call, pattern, text)) {
    const written = expanded(replacement, match, pattern);
    length += written.length;
    call.bound(length);
    pieces.push(text.slice(end, match.start), written);
    end = match.end;
  }
  return [...pieces, text.slice(end)].join('');
}

/** `$1` and `${name}` stand for groups, `$$` for the sign; a name goes on as long as it can, and one that is not there is empty. */
function expanded(replacement: string, { groups }: Match, pattern: RE2JS): string {
  return replacement.replace(/\$(?:(\$)|(\w+)|\{(\w+)\})/g, (_, sign?: string, bare?: string, braced?: string) => {
    const name = bare ?? braced;
    if (sign !== undefined || name === undefined) return '$';
    return groups[/^\d+$/.test(name) ? Number(name) : pattern.namedGroups()[name] ?? -1] ?? '';
  });
}
