import { textOf, type Values } from '../values';

/** Arguments that say how much is shown, which is the log's matter. */
const QUIET = /^(?:-v+|--verbose|--diff|-D|--become|-b)$/;

/** The variables of `--extra-vars`, as JSON or as `name=value`; other arguments are refused. */
export function extraVarsOf(values: Values): Record<string, unknown> | undefined {
  const items = values.list('extra_arguments').map((item) => ({ at: item.at, text: textOf(item, 'extra_arguments') }));
  const given: Record<string, unknown> = {};
  for (let index = 0; index < items.length; index++) {
    const { text } = items[index]!;
    const [, inline] = /^(?:--extra-vars=|-e(?!=)|-e=)(.+)$/s.exec(text) ?? [];
    const separate = text === '--extra-vars' || text === '-e';
    if (separate) index += 1;
    const value = inline ?? (separate ? items[index]?.text : undefined);
    if (value !== undefined) Object.assign(given, assignments(value, values));
    else if (!QUIET.test(text)) values.fail('extra_arguments', `the argument "${text.slice(0, 60)}" has no counterpart`, 'write it into the playbook');
  }
  return Object.keys(given).length > 0 ? given : undefined;
}

function assignments(text: string, values: Values): Record<string, unknown> {
  const fail = (): never => values.fail('extra_arguments', 'the extra variables are neither name=value nor JSON', 'write name=value, one argument each');
  if (text.trim().startsWith('{')) return json(text, fail);
  const pairs = [...text.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)\s*/g)];
  if (pairs.map(([pair]) => pair).join('') !== text.trimStart()) fail();
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, value!.replace(/^(["'])(.*)\1$/, '$2')]));
}

function json(text: string, fail: () => never): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return fail();
  }
}
