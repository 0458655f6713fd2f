import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as forms from './forms';
import { many, single, UsageError } from './option';
import type { KnownParent } from '../../../src/packer/mapping/builders/known-parents';
import { PARENT_FORM, parentOf } from '../packer';

/** Options of what reads a template. */
export const templateOptions = {
  'var': many('NAME=VALUE', forms.assignment, 'value of a variable; wins over files'),
  'var-file': many('FILE', forms.text, 'values of variables; later files win'),
  'only': many('NAME', forms.text, 'builders that are taken over (default: all)'),
  'parent': many('NAME=PARENT', parent, 'what the image of a builder starts from, such as web=ubuntu-24.04 or web=ami-0123…,platform=windows'),
  'ansible-version': single('VERSION', forms.text, 'ansible-core for playbooks (default: one that runs on the parent)'),
};

interface TemplateValues {
  readonly 'var': readonly (readonly [string, string])[];
  readonly 'var-file': readonly string[];
  readonly 'only': readonly string[];
  readonly 'parent': readonly (readonly [string, KnownParent])[];
  readonly 'ansible-version': string | undefined;
}

/** How the template is read. */
export const readOptions = (values: TemplateValues, directory: string) => ({
  variables: Object.fromEntries(values.var),
  variableFiles: values['var-file'].map((file) => resolve(directory, file)),
  ...values.only.length > 0 ? { only: [...values.only] } : {},
  parents: Object.fromEntries(values.parent),
  ...values['ansible-version'] === undefined ? {} : { ansibleVersion: values['ansible-version'] },
});

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
