import { nameOfId } from '../../../private/name-of-id';
import type { Block, RuntimeText, Setting } from '../../template/model';
import { textOf } from '../text';
import type { Values } from '../values';

/** A valid name made of any text; empty where nothing of it can stand in one. */
export const legalised = (text: string): string =>
  nameOfId(text).replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/^-+|(?<!-)-+$/g, '');

/** What components of a template are called after: its file or folder. */
export const templatePrefix = (file: string): string => legalised(file.replace(/(?:\.pkr)?\.(?:json|hcl)$/, '')) || 'packer';

/** The name of the image: what of `ami_name` does not change from build to build. */
export function imageNameOf({ name, type }: Block, values: Values): string {
  const setting = values.setting('ami_name');
  const own = legalised(name ?? type) || 'image';
  if (setting === undefined) return own;
  const fixed = setting.kind === 'runtime' ? fixedText(setting.value) : textOf(setting, 'ami_name', values.part) ?? '';
  const imageName = legalised(fixed.replace(FIELD, '-')) || own;
  values.part.inform(setting.at, `"ami_name" names the image, ${imageName}; the names of AMIs are made by the service, one for each build`);
  return imageName;
}

const fixedText = ({ parts }: RuntimeText): string => parts.filter((part) => typeof part === 'string').join('-');

/** Data of the builder, which it fills in once the image is built: `{{ .SourceAMI }}`. */
const FIELD = /\{\{\s*\.\w[^{}]*\}\}/g;

/** Whether a text holds what only the build knows, or finds in AWS. */
function isOfBuild(setting: Setting): boolean {
  return setting.kind === 'runtime' || setting.kind === 'data' || setting.kind === 'scalar' && String(setting.value ?? '').search(FIELD) >= 0;
}

/** The description, which is part of the recipe: of it only what does not change from build to build. */
export function descriptionOf(values: Values): string | undefined {
  const setting = values.setting('ami_description');
  if (setting === undefined) return undefined;
  if (!isOfBuild(setting)) return textOf(setting, 'ami_description', values.part)?.slice(0, 1024);
  values.part.warn(setting.at, '"ami_description" is not taken over: it holds a value of the build; the registry records the parent of each version');
  return undefined;
}

/** Tags of the AMIs. A tag with a value of the build would change the image with every synthesis. */
export function imageTags(values: Values): Record<string, string> {
  const tags = [...values.map('tags'), ...values.blocks('tag').flatMap(tagOf)];
  return Object.fromEntries(tags.filter(([name, setting]) => isFixed(name, setting, values))
    .map(([name, setting]) => [name, textOf(setting, 'tags', values.part) ?? '']));
}

function isFixed(name: string, setting: Setting, { part }: Values): boolean {
  if (!isOfBuild(setting)) return true;
  const why = setting.kind === 'data' ? 'it is read from AWS by each build' : 'it holds a value of the build; the service tags each AMI with its build and date';
  part.warn(setting.at, `the tag "${name.slice(0, 60)}" is not taken over: ${why}`);
  return false;
}

function tagOf(tag: Values): [string, Setting][] {
  const [key, value] = [tag.required('key'), tag.setting('value')];
  if (value === undefined) tag.fail('value', 'a tag has no value', 'give "value"');
  return key === undefined || value === undefined ? [] : [[key, value]];
}
