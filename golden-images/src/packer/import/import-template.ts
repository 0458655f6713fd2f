import { basename, resolve } from 'node:path';
import { call, self, text, variable, type Code, type ModuleCode, type Statement } from './code';
import { NoticeComments } from './notice-comments';
import { Places } from './places';
import { pythonOf } from './python';
import { camel, pascal, StackWriter } from './stack-of';
import { StepCode } from './step-code';
import { typescriptOf } from './typescript';
import { legalised, templatePrefix } from '../../../../src/packer/mapping/builders/names';
import type { PlanNotice, TemplatePlan } from '../../../../src/packer/plan';
import { RefusedTemplate } from '../../../../src/packer/refused-template';
import { mapFile, type MapOptions } from '../map-file';

export const LANGUAGES = { typescript: typescriptOf, python: pythonOf } as const;

export interface ImportOptions extends MapOptions {
  readonly language: keyof typeof LANGUAGES;
  /** The file that is written: paths start beside it. */
  readonly out: string;
}

export interface Imported {
  readonly code: string;
  readonly places: Places;
  readonly notices: readonly PlanNotice[];
}

/** A template as the code of a stack, or of components where none of its builders becomes an image. Throws TemplateError, and nothing else. */
export function importTemplate(path: string, { language, out, ...options }: ImportOptions): Imported {
  const { plan, problems } = mapFile(path, options);
  if (problems.length > 0) throw new RefusedTemplate(problems);
  return toCode(plan, basename(path), language, resolve(out));
}

/** A plan as code. */
function toCode(plan: TemplatePlan, template: string, language: keyof typeof LANGUAGES, out: string): Imported {
  const places = new Places(out);
  const secrets = new Set<string>();
  const steps = new StepCode(places, (name) => {
    secrets.add(name);
    return variable(constantOf(name));
  });
  const prefix = templatePrefix(template);
  const writer = new StackWriter(plan, prefix, steps, new NoticeComments(plan.notices));
  const header = [`Written by \`golden-images packer import\` from ${template}. It stands on its own.`];
  const whole = plan.images.length > 0 ? writer.write(header, `${pascal(prefix)}Stack`) : writer.writeComponents([...header, NO_IMAGE]);
  const bound = [...secrets].map((name) => secretStatement(name, whole));
  return { code: LANGUAGES[language]({ ...whole, statements: [...bound, ...whole.statements] }), places, notices: plan.notices };
}

const NO_IMAGE = 'TODO no builder of the template becomes an image by itself: give these components to an image with a parent of yours, '
  + 'or write the whole stack with --parent NAME=….';

const constantOf = (name: string): string => `${camel(name)}Secret`;

function secretStatement(name: string, { className }: ModuleCode): Statement {
  const id = legalised(name) || 'secret';
  const secret: Code = call('Secret', 'fromSecretNameV2', [self, text(pascal(name)), text(id)], 'aws-cdk-lib/aws-secretsmanager');
  return className === undefined ? {
    comments: [`TODO the sensitive variable "${name}": keep its value in a SecureString of Parameter Store, and name it here.`],
    name: constantOf(name),
    code: call('RuntimeSecret', 'parameterName', [text(`/${id}`)]),
  } : {
    comments: [`TODO the sensitive variable "${name}": keep its value in AWS Secrets Manager, and name the secret here.`],
    name: constantOf(name),
    code: call('RuntimeSecret', 'secretsManager', [secret]),
  };
}
