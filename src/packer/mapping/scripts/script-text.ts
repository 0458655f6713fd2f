import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Position, Setting } from '../../template/model';
import { localPath } from '../local-path';
import type { Part } from '../part';
import { textOf } from '../text';
import type { Values } from '../values';

/** A script of a provisioner. */
export interface ScriptText {
  readonly at: Position;
  /** Name of its file; none for commands that stand in the template. */
  readonly fileName?: string;
  readonly text: string;
  /** Sensitive variables that stand in it, by the environment variables in their places. */
  readonly secrets?: ReadonlyMap<string, string>;
}

/** Makes a script of the commands of `inline`. */
type Inline = (items: readonly Setting[]) => Pick<ScriptText, 'text' | 'secrets'>;

const LARGEST = 1024 * 1024;

/** `inline` is one script of all its commands, and each of `script` and `scripts` is one. Exactly one of them stands in a provisioner. */
export function scriptsOf(values: Values, inline: Inline = (items) => plain(items, values.part)): ScriptText[] {
  const given = ['inline', 'script', 'scripts'].filter((name) => values.setting(name) !== undefined);
  if (given.length !== 1) {
    values.fail(given[1] ?? 'inline', given.length === 0 ? 'there is nothing to run' : `"${given.join('" and "')}" stand together`, 'give one of "inline", "script" and "scripts"');
    return [];
  }
  const [name] = given as [string];
  if (name === 'inline') return [{ at: values.place('inline'), ...inline(values.list('inline')) }];
  const binary = values.flag('binary') ?? false;
  return values.list(name).map((item) => read(item, name, binary, values.part)).filter((script) => script !== undefined);
}

const plain = (items: readonly Setting[], part: Part): { text: string } =>
  ({ text: `${items.map((item) => textOf(item, 'inline', part)).filter((text) => text !== undefined).join('\n')}\n` });

function read(item: Setting, name: string, binary: boolean, part: Part): ScriptText | undefined {
  const path = textOf(item, name, part);
  const found = path === undefined ? undefined : localPath(path, item.at, part);
  return found === undefined ? undefined : readFile(found, path!, item.at, binary, part);
}

function readFile(found: string, path: string, at: Position, binary: boolean, part: Part): ScriptText | undefined {
  if (!statSync(found).isFile() || statSync(found).size > LARGEST) {
    return part.refuse(at, `"${path}" is no script of up to 1 MB`, 'name a script; data is uploaded by the provisioner "file"');
  }
  const text = readFileSync(found);
  if (binary && text.includes(0)) {
    return part.refuse(at, `"${path}" is no text`, 'upload a program by the provisioner "file", and run it from a script');
  }
  return { at, fileName: basename(found), text: binary ? text.toString() : text.toString().replaceAll('\r\n', '\n') };
}
