import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { PackerBuildProps } from './packer-build-props';
import { InvalidInputError } from '../../private/errors';
import { TemplateError } from '../template/error';
import type { Block, Setting, Template } from '../template/model';
import { placed } from '../template/position';
import { readTemplate } from '../template/read';

/**
 * Instances have to carry the tag from their launch, or the role of the build may not launch them. Packer gives none by itself: with the tag in
 * `run_tags` alone (packer-plugin-amazon 1.8, builder/common/run_config.go).
 */
export function checkRunTags(scope: IConstruct, props: PackerBuildProps): void {
  const { key, value } = props.runTag;
  const path = localTemplate(props);
  const template = path === undefined ? undefined : read(scope, path, props);
  const builders = template?.builds.flatMap((build) => build.builders).filter(({ type }) => type.startsWith('amazon-')) ?? [];
  for (const builder of builders) {
    const found = runTagsOf(builder).get(key);
    if (found?.kind === 'scalar' && String(found.value) === value) continue;
    const unread = [found, builder.settings.get('run_tags'), ...listOf(builder.settings.get('run_tag'))].find((each) => each?.kind === 'unread');
    if (unread?.kind === 'unread') {
      notKnown(scope, `${placed(unread.value.at)}: ${unread.value.what}`);
      continue;
    }
    throw new InvalidInputError(scope, {
      what: `the builder '${builder.name ?? builder.type}' of the template (${builder.at.file}:${builder.at.line}) sets ${found ? 'another value for' : 'no'} run tag '${key}'`,
      expected: `the tag ${key} = ${value}, without which AWS launches no instance for this build`,
      fix: `write run_tags = { ${key} = "${value}" } into the builder, or give the build the runTag that the template sets`,
    });
  }
}

/** The template, where it lies in the app's own files. */
function localTemplate({ template, templatePath }: PackerBuildProps): string | undefined {
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

function notKnown(scope: IConstruct, why: string): void {
  Annotations.of(scope).addInfoV2('cdk-golden-images:packerRunTags', `whether the template sets its run tags is not known before it is built: ${why}`);
}

/** `run_tags` is a map, and each `run_tag` a block. */
function runTagsOf({ settings }: Block): Map<string, Setting> {
  const tags = entriesOf(settings.get('run_tags'));
  const blocks = listOf(settings.get('run_tag')).map((block) => new Map(entriesOf(block)));
  return new Map([...tags, ...blocks.flatMap((block): [string, Setting][] => {
    const [key, value] = [block.get('key'), block.get('value')];
    return key?.kind === 'scalar' && value ? [[String(key.value), value]] : [];
  })]);
}

const listOf = (setting: Setting | undefined): readonly Setting[] => (setting?.kind === 'list' ? setting.value : setting ? [setting] : []);
const entriesOf = (setting: Setting | undefined): [string, Setting][] => listOf(setting).flatMap((each) => (each.kind === 'map' ? [...each.value] : []));
