import { createContext, Script } from 'node:vm';
import type { Value } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';
import { mapText } from './text-mapping';

/** Matches in a context of its own, because only there a match can be stopped. */
const SANDBOX = createContext(Object.create(null));
const REPLACE = new Script('text.replace(new RegExp(pattern, flags), replacement)');
const MATCH_ALL = new Script('JSON.stringify([...text.matchAll(new RegExp(pattern, flags))].slice(0, 10000).map((m) => [m[0], m.slice(1), m.groups ?? null]))');

export const regularExpressions: FunctionTable = {
  regex: known(2, 2, (call) => {
    const [first] = matches(call, call.text(0), call.text(1));
    return first === undefined ? call.fail('the pattern matches nothing', 'use can(regex(…)) to ask') : first;
  }),
  regexall: known(2, 2, (call) => matches(call, call.text(0), call.text(1))),
  regex_replace: coping(3, 3, (call) => {
    const [pattern, replacement] = [call.text(1), call.text(2)];
    return mapText(call, 0, (text) => replacePattern(call, text, pattern, replacement));
  }),
};

export function replacePattern(call: Call, text: string, pattern: string, replacement: string): string {
  // Go writes ${1} and ${name} where JavaScript writes $1 and $<name>.
  const converted = replacement.replace(/\$\{([0-9]+)\}/g, '$$$1').replace(/\$\{(\w+)\}/g, '$$<$1>');
  return run(call, REPLACE, text, pattern, { replacement: converted });
}

function matches(call: Call, pattern: string, text: string): Value[] {
  const found = JSON.parse(run(call, MATCH_ALL, text, pattern, {})) as Array<[string, Array<string | null>, Record<string, string | null> | null]>;
  return found.map(([whole, groups, named]) => {
    if (named) return new Map(Object.entries(named));
    return groups.length > 0 ? groups : whole;
  });
}

function run(call: Call, script: Script, text: string, written: string, more: Record<string, string>): string {
  const { pattern, flags } = fromGo(written);
  const { context } = call;
  if (context.regularExpressionTime <= 0) call.fail('regular expressions take too long', 'use simpler patterns');
  const start = Date.now();
  try {
    Object.assign(SANDBOX, { text, pattern, flags, replacement: '', ...more });
    return script.runInContext(SANDBOX, { timeout: context.regularExpressionTime }) as string;
  } catch (error) {
    return call.fail(`the pattern cannot be used (${reason(error)})`, 'use a simpler pattern');
  } finally {
    context.regularExpressionTime -= Date.now() - start;
  }
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'it takes too long' : String(message).slice(0, 120);
}

/** The notation of Go's regexp where it differs: flags in front, `(?P<name>`, \A, \z, classes of POSIX. */
function fromGo(written: string): { pattern: string; flags: string } {
  const leading = /^\(\?([ims]+)\)/.exec(written);
  const pattern = written.slice(leading?.[0].length ?? 0)
    .replace(/\(\?P</g, '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => POSIX.get(name) ?? whole);
  return { pattern, flags: [...new Set(`g${leading?.[1] ?? ''}`)].join('') };
}

const POSIX = new Map(Object.entries({
  alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s', punct: '!-\\/:-@\\[-`{-~', xdigit: '0-9A-Fa-f', word: '\\w',
}));
