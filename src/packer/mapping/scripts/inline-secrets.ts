import { secretOf } from './environment';
import { MARK, quotingOf, UnclearQuoting, type Quoting } from './shell-quoting';
import type { Position, Setting } from '../../template/model';
import type { MappingContext } from '../context';
import { textOf } from '../text';

/** Commands of `inline`, and the sensitive variables in them by the environment variables that stand in their places. */
export interface InlineText {
  readonly text: string;
  readonly secrets: ReadonlyMap<string, string>;
}

const WRITTEN: Readonly<Record<Quoting, (name: string) => string>> = {
  bare: (name) => `"\${${name}}"`,
  single: (name) => `'"\${${name}}"'`,
  expanded: (name) => `\${${name}}`,
};

/**
 * Commands for a shell: in the place of a sensitive variable stands one of the environment, quoted so that its value means nothing to the
 * shell, whatever is in it.
 */
export function inlineForShell(items: readonly Setting[], taken: readonly string[], context: MappingContext): InlineText {
  const found: Variable[] = [];
  const marked = `${items.map((item) => markedText(item, found, context)).join('\n')}\n`;
  if (found.length === 0) return { text: marked, secrets: new Map() };
  const names = namesOf(found.map(({ variable }) => variable), [...taken, marked]);
  const quoting = quotingIn(marked, found, context);
  notify(found, quoting, context);
  let index = 0;
  const text = marked.replaceAll(MARK, () => WRITTEN[quoting[index] ?? 'bare'](names.get(found[index++]!.variable)!));
  return { text, secrets: new Map([...names].map(([variable, name]) => [name, variable])) };
}

interface Variable {
  readonly at: Position;
  readonly variable: string;
}

function markedText(item: Setting, found: Variable[], context: MappingContext): string {
  if (item.kind !== 'secret') return textOf(item, 'inline', context.part) ?? '';
  const { at, value } = item;
  return (value.parts ?? [value]).map((part) => {
    if (typeof part === 'string') return part.includes(MARK) ? context.part.refuse(at, '"inline" holds a character of private use', 'remove it') ?? '' : part;
    if ('call' in part) return textOf({ at, kind: 'runtime', value: { parts: [part] } }, 'inline', context.part) ?? '';
    found.push({ at, variable: secretOf({ at, kind: 'secret', value: part }, context) });
    return MARK;
  }).join('');
}

function quotingIn(marked: string, found: readonly Variable[], { part }: MappingContext): Quoting[] {
  try {
    return quotingOf(marked);
  } catch (error) {
    if (!(error instanceof UnclearQuoting)) throw error;
    part.refuse(found[0]!.at, `"inline" holds the sensitive variable "${found[0]!.variable}", or another one, ${error.message}`,
      'hand it to the script as a whole, by "environment_vars" or "env", and write "$NAME" there');
    return [];
  }
}

/** What Packer's way with it was: it is a part of the script there, and masked in the output. */
function notify(found: readonly Variable[], quoting: readonly Quoting[], { part }: MappingContext): void {
  found.forEach(({ at, variable }, index) => {
    const fetched = `"${variable}" is fetched on the instance, and what is in it means nothing to the shell; what a script prints of it stands in the log of the build, where Packer masks it`;
    if (quoting[index] === 'bare') part.warn(at, `${fetched}. It stands here without quotes: it is one word, also with blanks in it, and where it is empty`);
    else part.inform(at, fetched);
  });
}

/** Names of environment variables that stand nowhere else. */
function namesOf(variables: readonly string[], taken: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const variable of new Set(variables)) {
    let name = `SECRET_${variable.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
    while ([...taken, ...names.values()].some((text) => text.includes(name))) name += '_';
    names.set(variable, name);
  }
  return names;
}
