import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { PackerBuildProps } from './packer-build-props';
import { TemplateError } from '../template/error';
import type { Template } from '../template/model';
import { readTemplate } from '../template/read';

/** The template as the build will read it, where it lies in the app's own files and can be read. */
export function localTemplate(scope: IConstruct, props: PackerBuildProps): Template | undefined {
  const path = pathOf(props);
  return path === undefined ? undefined : read(scope, path, props);
}

export function notKnown(scope: IConstruct, why: string): void {
  Annotations.of(scope).addInfoV2('cdk-golden-images:packerRunTags', `whether the template sets its run tags is not known before it is built: ${why}`);
}

function pathOf({ template, templatePath }: PackerBuildProps): string | undefined {
  const path = template._localPath;
  // A path that is not there is refused with the asset.
  if (path === undefined || !existsSync(path) || Token.isUnresolved(templatePath)) return undefined;
  if (templatePath === undefined) return /\.zip$/i.test(path) ? undefined : path;
  const inFolder = join(path, templatePath);
  return statSync(path).isDirectory() && existsSync(inFolder) ? inFolder : undefined;
}

/** Values that only the build has stand empty; no tag of instances is made of them. */
function read(scope: IConstruct, path: string, props: PackerBuildProps): Template | undefined {
  const { variables = {}, secretVariables = {}, parentVariable, only } = props;
  const later = [...Object.keys(secretVariables), ...parentVariable === undefined ? [] : [parentVariable]];
  try {
    return readTemplate(path, { variables: { ...variables, ...Object.fromEntries(later.map((name) => [name, ''])) }, only, environment: {} });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    notKnown(scope, error.message);
    return undefined;
  }
}
