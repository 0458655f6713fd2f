import type { IConstruct } from 'constructs';
import { localTemplate } from './local-template';
import type { PackerBuildProps } from './packer-build-props';
import { checkRunTag, tagsOf } from './run-tags';
import { InvalidInputError } from '../../private/errors';
import type { Block } from '../template/model';

const SHARING = ['ami_users', 'ami_groups', 'ami_org_arns', 'ami_ou_arns', 'snapshot_users', 'snapshot_groups'];

/**
 * Checks that the template of the app tags what its build has to find again, and shares nothing unasked. Gives the keys of the tags that snapshots of
 * copies get.
 */
export function tagsOfTemplate(scope: IConstruct, props: PackerBuildProps): string[] {
  const builders = localTemplate(scope, props)?.builds.flatMap((build) => build.builders).filter(({ type }) => type.startsWith('amazon-')) ?? [];
  builders.forEach((builder) => {
    checkRunTag(scope, props.runTag, builder);
    checkAmiTags(scope, props, builder);
    checkSharing(scope, props, builder);
  });
  return [...new Set(builders.filter((builder) => makesCopies(props, builder)).flatMap((builder) => copyTags(scope, props, builder)))];
}

/** An AMI without the run tag is one that the build can neither describe nor remove. */
function checkAmiTags(scope: IConstruct, { runTag: { key, value } }: PackerBuildProps, builder: Block): void {
  const own = (name: string): boolean => isScalar(builder, name, true);
  const carries = (name: string): boolean => tagsOf(builder, name).get(key)?.value === value;
  if (own('skip_ami_run_tags')) {
    refuse(scope, builder, 'sets skip_ami_run_tags', 'AMIs with its run tag, by which the build knows them', 'leave skip_ami_run_tags out');
  }
  if (builder.type === 'amazon-ebssurrogate' && !own('use_create_image') && !(carries('run_volume_tag') && carries('snapshot_tag'))) {
    refuse(scope, builder, `makes snapshots of volumes without the tag ${key} = ${value}`, 'volumes and snapshots with the run tag, by which the build knows them',
      'write use_create_image = true into the builder, or the tag into run_volume_tags and snapshot_tags');
  }
}

function checkSharing(scope: IConstruct, { sharesAmi = false }: PackerBuildProps, builder: Block): void {
  const shared = SHARING.find((name) => { const setting = builder.settings.get(name); return setting !== undefined && !(setting.kind === 'list' && setting.value.length === 0); });
  if (shared !== undefined && !sharesAmi) {
    refuse(scope, builder, `shares what it makes (${shared})`, 'sharing that the build is asked for', 'give the build sharesAmi: true, or share a channel by what it serves');
  }
}

/** Packer copies for other regions and to encrypt; the AMI gets the tags of its original, its snapshots none (step_ami_region_copy.go). */
const makesCopies = ({ copyRegions = [] }: PackerBuildProps, builder: Block): boolean =>
  copyRegions.length > 0 || isScalar(builder, 'encrypt_boot', true) || isScalar(builder, 'skip_save_build_region', true) || builder.settings.has('ami_regions');

function copyTags(scope: IConstruct, { runTag: { key, value } }: PackerBuildProps, builder: Block): string[] {
  const tags = [...tagsOf(builder, 'tag'), ...tagsOf(builder, 'snapshot_tag')];
  if (tags.some(([name, setting]) => name === key && setting.value === value)) {
    refuse(scope, builder, `gives copies the run tag '${key}' afterwards`, 'the run tag in run_tags alone: AMIs get it from there, and copies from their original',
      'leave it out of tags and snapshot_tags');
  }
  return tags.map(([name]) => name);
}

function isScalar(builder: Block, name: string, value: boolean): boolean {
  const setting = builder.settings.get(name);
  return setting?.kind === 'scalar' && String(setting.value) === String(value);
}

function refuse(scope: IConstruct, builder: Block, what: string, expected: string, fix: string): never {
  throw new InvalidInputError(scope, {
    what: `the builder '${builder.name ?? builder.type}' of the template (${builder.at.file}:${builder.at.line}) ${what}`, expected, fix,
  });
}
