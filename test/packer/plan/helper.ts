import { join } from 'node:path';
import { mapTemplate, type MappedTemplate, type MappingInput } from '../../../src/packer/mapping/map-template';
import type { TemplatePlan } from '../../../src/packer/plan';
import type { ReadOptions } from '../../../src/packer/template/options';
import { readTemplate } from '../../../src/packer/template/read';
import { inFolder } from '../helpers/read-text';

/** A template as it is mapped; each sensitive variable is bound. */
export function mapPath(path: string, input: MappingInput = {}, options: ReadOptions = { environment: {} }): MappedTemplate {
  const template = readTemplate(path, options);
  const secrets = template.variables.filter(({ sensitive }) => sensitive).map(({ name }) => name);
  return mapTemplate(template, { file: path, line: 1, column: 1 }, { secrets, ...input });
}

/** The same of a template that is written for it, in a file of a name. */
export const mapText = (text: string, input: MappingInput = {}, files: Record<string, string> = {}, name = 'template.json'): MappedTemplate =>
  inFolder({ ...files, [name]: text }, (folder) => mapPath(join(folder, name), input));

export const mapJson = (template: object, input: MappingInput = {}, files: Record<string, string> = {}): MappedTemplate =>
  mapText(JSON.stringify(template, undefined, 1), input, files);

export const whats = ({ problems }: MappedTemplate): string[] => problems.map(({ what }) => what);

/** What a plan does, whatever file says it: without places, and without what is said of it. */
export function meaning({ images, others, definitions }: TemplatePlan): unknown {
  const named = JSON.stringify({ images, others, definitions }, (name, value: unknown) => (name === 'at' ? undefined : value));
  return JSON.parse(named, (name, value: unknown) => (name === 'name' || name === 'builderName' ? String(value).split('.').pop() : value));
}
