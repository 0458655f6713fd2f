import type { KnownParent } from '../../../src/packer/mapping/builders/known-parents';
import { mapTemplate, type MappedTemplate } from '../../../src/packer/mapping/map-template';
import type { ReadOptions } from '../../../src/packer/template/options';
import { readTemplate } from '../../../src/packer/template/read';

export interface MapOptions extends ReadOptions {
  readonly ansibleVersion?: string;
  /** Parents by the name of their builder. */
  readonly parents?: Readonly<Record<string, KnownParent>>;
}

/** Reads and maps a template. Each sensitive variable is bound: where its value is kept, is for the user to say. Throws TemplateError where it cannot be read. */
export function mapFile(path: string, options: MapOptions): MappedTemplate {
  const { ansibleVersion, parents, ...read } = options;
  const { workingDirectory } = read;
  const template = readTemplate(path, read);
  const secrets = template.variables.filter(({ sensitive }) => sensitive).map(({ name }) => name);
  return mapTemplate(template, { file: path, line: 1, column: 1 }, { secrets, parents, ansibleVersion, workingDirectory });
}
