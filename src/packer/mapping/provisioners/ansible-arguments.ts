import { textOf } from '../text';
import type { Values } from '../values';

/** Arguments that say how much is shown, which is the log's matter. */
const QUIET = /^(?:-v+|--verbose|--diff|-D|--become|-b)$/;

/** The variables of `--extra-vars`, as JSON or as `name=value`; other arguments are refused. */
export function extraVarsOf(values: Values): Record<string, unknown> | undefined {
  const items = values.list('extra_arguments').map((item) => textOf(item, 'extra_arguments', values.part) ?? '-v');
  const given: Array<[string, unknown]> = [];
  for (let index = 0; index < items.length; index++) {
    const text = items[index]!;
    const [, inline] = /^(?:--extra-vars=|-e(?!=)|-e=)(.+)$/s.exec(text) ?? [];
    const separate = text === '--extra-vars' || text === '-e';
    if (separate) index += 1;
    const value = inline ?? (separate ? items[index] : undefined);
    if (value !== undefined) given.push(...assignments(value, values));
    else if (!QUIET.test(text)) values.fail('extra_arguments', `the argument "${text.slice(0, 60)}" has no counterpart`, 'write it into the playbook');
  }
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

function assignments(text: string, values: Values): Array<[string, unknown]> {
  const found = text.trim().startsWith('{') ? fromJson(text) : fromPairs(text);
  return found ?? values.fail('extra_arguments', 'the extra variables are neither name=value nor JSON', 'write name=value, one argument each') ?? [];
}

function fromPairs(text: string): Array<[string, unknown]> | undefined {
  const pairs = [...text.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)\s*/g)];
  if (pairs.map(([pair]) => pair).join('') !== text.trimStart()) return undefined;
  return pairs.map(([, name, value]) => [name!, value!.replace(/^(["'])(.*)\1$/, '$2')]);
}

function fromJson(text: string): Array<[string, unknown]> | undefined {
  try {
    return Object.entries(JSON.parse(text) as object);
  } catch {
    return undefined;
  }
}
