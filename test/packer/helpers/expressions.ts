import { writeFileSync } from 'node:fs';
import { inFolder } from './read-text';
import { TemplateError } from '../../../src/packer/template/error';
import { readTemplate } from '../../../src/packer/template/read';

/** What the expressions may refer to. */
export const DECLARATIONS = [
  'variable "name" { default = "web" }',
  'variable "count" {\n  type    = number\n  default = 3\n}',
  'variable "flag" { default = true }',
  'variable "strings" {\n  type    = list(string)\n  default = ["a", "b"]\n}',
  'variable "numbers" {\n  type    = list(number)\n  default = ["1", 2.5]\n}',
  'variable "empty" {\n  type    = list(string)\n  default = []\n}',
  'variable "set" {\n  type    = set(string)\n  default = ["b", "a", "b"]\n}',
  'variable "settings" {\n  type    = map(string)\n  default = { a = 1 }\n}',
  'variable "object" {\n  type    = object({ a = string, b = list(number) })\n  default = { a = 1, b = ["2"] }\n}',
  'variable "tuple" {\n  type    = tuple([string, number])\n  default = [1, "2"]\n}',
  'variable "any_list" { default = ["a", "b"] }',
  'variable "nothing" { default = null }',
  'locals {\n  one  = local.late\n  late = "x"\n  list = [for x in var.strings : upper(x)]\n}',
].join('\n');
export const BUILD = 'source "null" "one" { communicator = "none" }\nbuild {\n  sources = ["null.one"]\n';
export const FILES: Record<string, string> = {
  'text.txt': 'text\n', 'more.txt': 'more', 'greeting.tpl': 'Hello ${name}%{ for x in list } ${x}%{ endfor }', 'sub/one.txt': '1', 'sub/deep/two.txt': '2', 'sub/three.md': '3',
};

/** An expression and the JSON text of its value; undefined where it is refused. */
export type Values = ReadonlyMap<string, string | undefined>;

export function ourValues(expressions: ReadonlyArray<string>): Values {
  return inFolder(FILES, (folder) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      return new Map(expressions.map((expression) => [expression, ourValue(expression)]));
    } finally {
      process.chdir(before);
    }
  });
}

function ourValue(expression: string): string | undefined {
  writeFileSync('t.pkr.hcl', `${DECLARATIONS}\n${BUILD}  provisioner "shell-local" {\n    x = jsonencode(${expression}\n)\n  }\n}\n`);
  try {
    const setting = readTemplate('t.pkr.hcl', { environment: {} }).builds[0]!.provisioners[0]!.settings.get('x');
    if (setting?.kind === 'unread') return undefined;
    return setting?.kind === 'scalar' ? String(setting.value) : `<${setting?.kind}>`;
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}
