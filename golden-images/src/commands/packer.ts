import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as forms from './forms';
import { many, single, UsageError } from './option';
import type { KnownParent } from '../../../src/packer/mapping/builders/known-parents';
import { PARENT_FORM, parentOf } from '../packer';

/** Options of what reads a template. */
export const templateOptions = {
  'var': many('NAME=VALUE', forms.assignment, 'value of a variable; wins over files'),
  'var-file': many('FILE', forms.text, 'values of variables; later files win'),
  'data': many('TYPE.NAME.ATTRIBUTE=VALUE', forms.assignment, 'value of a data source, such as http.version.body; @FILE for what a file holds'),
  'cwd': single('DIRECTORY', forms.text, 'where Packer is run, where relative paths begin (default: beside the template, else here)'),
  'only': many('NAME', forms.text, 'builders that are taken over, or a pattern of names (default: all)'),
  'except': many('NAME', forms.text, 'builders and post-processors that are left out, or a pattern of names'),
  'parent': many('NAME=PARENT', parent, 'what the image of a builder starts from, such as web=ubuntu-24.04 or web=ami-0123…,platform=windows'),
  'ansible-version': single('VERSION', forms.text, 'ansible-core for playbooks (default: the last for the Python of the instance)'),
};

interface TemplateValues {
  readonly 'var': readonly (readonly [string, string])[];
  readonly 'var-file': readonly string[];
  readonly 'data': readonly (readonly [string, string])[];
  readonly 'cwd': string | undefined;
  readonly 'only': readonly string[];
  readonly 'except': readonly string[];
  readonly 'parent': readonly (readonly [string, KnownParent])[];
  readonly 'ansible-version': string | undefined;
}

/** How the template is read. */
export const readOptions = (values: TemplateValues, directory: string) => ({
  variables: Object.fromEntries(values.var),
  variableFiles: values['var-file'].map((file) => resolve(directory, file)),
  data: Object.fromEntries(values.data.map(([name, value]) => [name, dataValue(value, directory)])),
  ...values.cwd === undefined ? {} : { workingDirectory: resolve(directory, values.cwd) },
  ...values.only.length > 0 ? { only: [...values.only] } : {},
  ...values.except.length > 0 ? { except: [...values.except] } : {},
  parents: Object.fromEntries(values.parent),
  ...values['ansible-version'] === undefined ? {} : { ansibleVersion: values['ansible-version'] },
});

function dataValue(value: string, directory: string): string {
  if (!value.startsWith('@')) return value;
  const path = resolve(directory, value.slice(1));
  if (!existsSync(path)) throw new UsageError(`there is no ${value.slice(1)}`);
  return readFileSync(path, 'utf8');
}

/** The one template that a command is given. */
export function templateOf(command: string, [template, ...others]: readonly string[], directory: string): string {
  if (template === undefined || others.length > 0) throw new UsageError(`packer ${command} needs one template: packer ${command} TEMPLATE`);
  const path = resolve(directory, template);
  if (!existsSync(path)) throw new UsageError(`there is no ${template}`);
  return path;
}

function parent(value: string): readonly [string, KnownParent] {
  const [, name, text] = /^([^=\s]+)=(.+)$/.exec(value) ?? [];
  const known = text === undefined ? undefined : parentOf(text);
  if (name === undefined || known === undefined) throw new UsageError(`NAME=PARENT, where PARENT is ${PARENT_FORM}`);
  return [name, known];
}
