import type { IConstruct } from 'constructs';
import { notKnown } from './local-template';
import type { PackerRunTag } from './packer-build-props';
import { InvalidInputError } from '../../private/errors';
import type { Block, Setting } from '../template/model';
import { placed } from '../template/position';

/**
 * Instances have to carry the tag from their launch, or the role of the build may not launch them. Packer gives none by itself: with the tag in
 * `run_tags` alone (packer-plugin-amazon 1.8, builder/common/run_config.go).
 */
export function checkRunTag(scope: IConstruct, { key, value }: PackerRunTag, builder: Block): void {
  const found = tagsOf(builder, 'run_tag').get(key);
  if (found?.kind === 'scalar' && String(found.value) === value) return;
  const unread = [found, builder.settings.get('run_tags'), ...listOf(builder.settings.get('run_tag'))].find((each) => each?.kind === 'unread');
  if (unread?.kind === 'unread') {
    notKnown(scope, `${placed(unread.value.at)}: ${unread.value.what}`);
    return;
  }
  throw new InvalidInputError(scope, {
    what: `the builder '${builder.name ?? builder.type}' of the template (${builder.at.file}:${builder.at.line}) sets ${found ? 'another value for' : 'no'} run tag '${key}'`,
    expected: `the tag ${key} = ${value}, without which AWS launches no instance for this build`,
    fix: `write run_tags = { ${key} = "${value}" } into the builder, or give the build the runTag that the template sets`,
  });
}

/** Tags of a kind: `run_tags` is a map, and each `run_tag` a block. */
export function tagsOf({ settings }: Block, kind: string): Map<string, Setting> {
  const blocks = listOf(settings.get(kind)).map((block) => new Map(entriesOf(block)));
  return new Map([...entriesOf(settings.get(`${kind}s`)), ...blocks.flatMap((block): [string, Setting][] => {
    const [key, value] = [block.get('key'), block.get('value')];
    return key?.kind === 'scalar' && value ? [[String(key.value), value]] : [];
  })]);
}

const listOf = (setting: Setting | undefined): readonly Setting[] => (setting?.kind === 'list' ? setting.value : setting ? [setting] : []);
const entriesOf = (setting: Setting | undefined): [string, Setting][] => listOf(setting).flatMap((each) => (each.kind === 'map' ? [...each.value] : []));
