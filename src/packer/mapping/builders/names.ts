import { nameOfId } from '../../../private/names';
import type { Block, RuntimeText, Setting } from '../../template/model';
import type { Notices } from '../../template/notices';
import { textOf, Values } from '../values';

/** A valid name made of any text; empty where nothing of it can stand in one. */
export const legalised = (text: string): string =>
  nameOfId(text).replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/^-+|-+$/g, '');

/** The name of the image: what of `ami_name` does not change from build to build. */
export function imageNameOf(builder: Block, notices: Notices): string {
  const setting = builder.settings.get('ami_name');
  const name = builder.name ?? builder.type;
  if (setting === undefined) return legalised(name) || 'image';
  const fixed = (setting.kind === 'runtime' ? fixedText(setting.value) : textOf(setting, 'ami_name')).replace(FIELD, '-');
  const imageName = legalised(fixed) || legalised(name) || 'image';
  notices.inform(setting.at, `"ami_name" names the image, ${imageName}; the names of AMIs are made by the service, one for each build`);
  return imageName;
}

const fixedText = ({ parts }: RuntimeText): string => parts.filter((part) => typeof part === 'string').join('-');

/** Data of the builder, which it fills in once the image is built: `{{ .SourceAMI }}`. */
const FIELD = /\{\{\s*\.\w+[^}]*\}\}/g;

/** Whether a text holds what only the build knows. */
export function isOfBuild(setting: Setting): boolean {
  return setting.kind === 'runtime' || setting.kind === 'scalar' && String(setting.value ?? '').search(FIELD) >= 0;
}

/** The description, which is part of the recipe: of it only what does not change from build to build. */
export function descriptionOf(values: Values, notices: Notices): string | undefined {
  const setting = values.setting('ami_description');
  if (setting === undefined) return undefined;
  if (!isOfBuild(setting)) return textOf(setting, 'ami_description').slice(0, 1024);
  notices.warn(setting.at, '"ami_description" is not taken over: it holds a value of the build; the registry records the parent of each version');
  return undefined;
}

/** Tags of the AMIs. A tag with a value of the build would change the image with every synthesis. */
export function imageTags(values: Values, notices: Notices): Record<string, string> {
  const tags = [...values.map('tags'), ...values.blocks('tag').map((tag): [string, Setting] => [tag.required('key'), tag.setting('value') ?? missing(tag)])];
  const kept = tags.filter(([name, setting]) => {
    if (isOfBuild(setting)) {
      notices.warn(setting.at, `the tag "${name.slice(0, 60)}" is not taken over: it holds a value of the build; the service tags each AMI with its build and date`);
    }
    return !isOfBuild(setting);
  });
  return Object.fromEntries(kept.map(([name, setting]) => [name, textOf(setting, 'tags')]));
}

const missing = (tag: Values): never => tag.fail('value', 'a tag has no value', 'give "value"');
