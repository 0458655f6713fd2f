import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { TemplateError } from '../../template/error';
import type { Position } from '../../template/model';
import { localPath } from '../context';
import type { Values } from '../values';

/** A script of a provisioner. */
export interface ScriptText {
  readonly at: Position;
  /** Name of its file; none for commands that stand in the template. */
  readonly fileName?: string;
  readonly text: string;
}

const LARGEST = 1024 * 1024;

/** `inline` is one script of all its commands, and each of `script` and `scripts` is one. Exactly one of them stands in a provisioner. */
export function scriptsOf(values: Values): ScriptText[] {
  const inline = values.texts('inline');
  const files = [...values.texts('script'), ...values.texts('scripts')];
  const given = ['inline', 'script', 'scripts'].filter((name) => values.setting(name) !== undefined);
  if (given.length !== 1) {
    values.fail(given[1] ?? 'inline', given.length === 0 ? 'there is nothing to run' : `"${given.join('" and "')}" stand together`, 'give one of "inline", "script" and "scripts"');
  }
  if (inline.length > 0) return [{ at: values.place('inline'), text: `${inline.join('\n')}\n` }];
  const binary = values.flag('binary') ?? false;
  const at = values.list(given[0]!).map((item) => item.at);
  return files.map((file, index) => read(file, at[index]!, binary));
}

function read(path: string, at: Position, binary: boolean): ScriptText {
  const found = localPath(path, at);
  if (!statSync(found).isFile() || statSync(found).size > LARGEST) {
    throw new TemplateError(at, `"${path}" is no script of up to 1 MB`, 'name a script; data is uploaded by the provisioner "file"');
  }
  const text = readFileSync(found);
  if (binary && text.includes(0)) throw new TemplateError(at, `"${path}" is no text`, 'upload a program by the provisioner "file", and run it from a script');
  return { at, fileName: basename(found), text: binary ? text.toString() : text.toString().replaceAll('\r\n', '\n') };
}

