import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as forms from './forms';
import { many, single, UsageError } from './option';

/** Options of what reads a template. */
export const templateOptions = {
  'var': many('NAME=VALUE', forms.assignment, 'value of a variable; wins over files'),
  'var-file': many('FILE', forms.text, 'values of variables; later files win'),
  'only': many('NAME', forms.text, 'builders that are taken over (default: all)'),
  'ansible-version': single('VERSION', forms.text, 'ansible-core for playbooks (default: one that runs on the parent)'),
};

interface TemplateValues {
  readonly 'var': readonly (readonly [string, string])[];
  readonly 'var-file': readonly string[];
  readonly 'only': readonly string[];
  readonly 'ansible-version': string | undefined;
}

/** How the template is read. */
export const readOptions = (values: TemplateValues, directory: string) => ({
  variables: Object.fromEntries(values.var),
  variableFiles: values['var-file'].map((file) => resolve(directory, file)),
  ...values.only.length > 0 ? { only: [...values.only] } : {},
  ...values['ansible-version'] === undefined ? {} : { ansibleVersion: values['ansible-version'] },
});

/** The one template that a command is given. */
export function templateOf(command: string, [template, ...others]: readonly string[], directory: string): string {
  if (template === undefined || others.length > 0) throw new UsageError(`packer ${command} needs one template: packer ${command} TEMPLATE`);
  const path = resolve(directory, template);
  if (!existsSync(path)) throw new UsageError(`there is no ${template}`);
  return path;
}

/** What reads templates, loaded when it is wanted: it needs the aws-cdk-lib of the project, and no other command does. */
export function loadPacker(): typeof import('../packer') {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require('../packer') as typeof import('../packer');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UsageError('packer import and packer explain need aws-cdk-lib and constructs: npm install aws-cdk-lib constructs');
  }
}
