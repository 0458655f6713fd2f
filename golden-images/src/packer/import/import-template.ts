import { basename, resolve } from 'node:path';
import { call, self, text, variable, type Code, type StackCode, type Statement } from './code';
import { ValueWriter } from './from-value';
import { NoticeComments } from './notice-comments';
import { Places } from './places';
import { pythonOf } from './python';
import { camel, pascal, StackWriter } from './stack-of';
import { typescriptOf } from './typescript';
import { RuntimeSecret } from '../../../../src/component/secret';
import { legalised } from '../../../../src/packer/mapping/builders/names';
import { mapTemplate } from '../../../../src/packer/mapping/map-template';
import type { Notice, Template } from '../../../../src/packer/template/model';
import type { ReadOptions } from '../../../../src/packer/template/options';
import { readTemplate } from '../../../../src/packer/template/read';

export const LANGUAGES = { typescript: typescriptOf, python: pythonOf } as const;

export interface ImportOptions extends ReadOptions {
  readonly language: keyof typeof LANGUAGES;
  /** The file that is written: paths start beside it. */
  readonly out: string;
  readonly ansibleVersion?: string;
}

export interface Imported {
  readonly code: string;
  readonly places: Places;
  readonly notices: readonly Notice[];
}

/** A template as the code of a stack. Throws TemplateError, and nothing else. */
export function importTemplate(path: string, options: ImportOptions): Imported {
  const template = readTemplate(path, options);
  const secrets = sensitive(template);
  const mapping = mapTemplate(template, { file: path, line: 1, column: 1 }, { secrets, ansibleVersion: options.ansibleVersion });
  const prefix = legalised(basename(path).replace(/(?:\.pkr)?\.(?:json|hcl)$/, '')) || 'packer';
  const names = new Map(Object.entries(secrets).map(([name, secret]) => [secret, name]));
  const places = new Places(resolve(options.out));
  const values = new ValueWriter(places, new Map([...names].map(([secret, name]) => [secret, variable(constantOf(name))])));
  const header = [`Written by \`golden-images packer import\` from ${basename(path)}. It stands on its own.`];
  const stack = new StackWriter(mapping, prefix, values, new NoticeComments(mapping.notices)).write(header, `${pascal(prefix)}Stack`);
  const bound = [...names].filter(([secret]) => values.used.has(secret)).map(([, name]) => secretStatement(name));
  const whole: StackCode = { ...stack, statements: [...bound, ...stack.statements] };
  return { code: LANGUAGES[options.language](whole), places, notices: mapping.notices };
}

const constantOf = (name: string): string => `${camel(name)}Secret`;

/** A place for each sensitive variable: where the value is kept, is for the user to say. */
function sensitive({ variables }: Template): Record<string, RuntimeSecret> {
  return Object.fromEntries(variables.filter((each) => each.sensitive).map(({ name }) => [name, RuntimeSecret.parameterName(name.replace(/[^\w.-]/g, '-'))]));
}

function secretStatement(name: string): Statement {
  const id = legalised(name) || 'secret';
  const secret: Code = call('Secret', 'fromSecretNameV2', [self, text(pascal(name)), text(id)], 'aws-cdk-lib/aws-secretsmanager');
  return {
    comments: [`TODO the sensitive variable "${name}": keep its value in AWS Secrets Manager, and name the secret here.`],
    name: constantOf(name),
    code: call('RuntimeSecret', 'secretsManager', [secret]),
  };
}
