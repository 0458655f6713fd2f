import { mapAmazonEbs } from './builders/amazon-ebs';
import { builderNames } from './builders/builder-names';
import type { GivenParent } from './builders/known-parents';
import { legalised } from './builders/names';
import { otherBuilder } from './builders/others';
import { guessedPlatform, parentOf } from './builders/parent';
import { userDataScript } from './builders/user-data';
import type { Definitions } from './definitions';
import { mapProvisioner, provisionersFor } from './map-provisioners';
import type { MappingInput } from './map-template';
import type { Part } from './part';
import { mapPostProcessors } from './post-processors';
import type { Report } from './report';
import { mapped, warned } from './treatment';
import { Values } from './values';
import type { BuilderPlan, ImagePlan, OtherPlan, ProvisionerPlan, SystemPlan } from '../plan';
import type { Block, Build } from '../template/model';

/** What the builds of a template share. */
export interface BuildContext {
  readonly input: MappingInput;
  readonly report: Report;
  readonly definitions: Definitions;
  /** Whether the template has a builder that becomes an image by itself. */
  readonly withImages: boolean;
}

export interface MappedBuild {
  readonly images: ImagePlan[];
  readonly others: OtherPlan[];
}

const ONLY_FAILED = warned('it runs in builds that fail, whose instance the service terminates; what their steps wrote is in the log of the build');

/** The images of one build, and the builders that become none. */
export function mapBuild(build: Build, context: BuildContext): MappedBuild {
  const { errorCleanup, builders } = build;
  if (errorCleanup) {
    const part = context.report.part('error-cleanup-provisioner', errorCleanup.at);
    part.became(errorCleanup.at, ONLY_FAILED);
    part.warn(errorCleanup.at, `the error-cleanup-provisioner is not taken over: ${ONLY_FAILED.why}`);
  }
  const given = (builder: Block) => builderNames(builder, build).map((name) => context.input.parents?.[name]).find((parent) => parent !== undefined);
  const ours = builders.filter((builder) => builder.type === 'amazon-ebs' || otherBuilder(builder.type).machine && given(builder));
  const images = ours.map((builder) => image(builder, build, given(builder), context));
  mapPostProcessors(build, ours, context.report);
  return { images, others: builders.filter((builder) => !ours.includes(builder)).map((builder) => other(builder, build, context)) };
}

const planned = ({ name, type, at }: Block): BuilderPlan => ({ name: name ?? type, type, at });

function image(builder: Block, build: Build, given: GivenParent | undefined, context: BuildContext): ImagePlan {
  const part = context.report.part(`builder ${builder.name ?? builder.type}`, builder.at);
  const own = builder.type === 'amazon-ebs' ? mapAmazonEbs(builder, build, given, part) : onGivenParent(builder, build, given!, part);
  return { builder: planned(builder), ...own, definition: definitionOf(builder, build, own.system, context) };
}

/** A builder of another platform, whose provisioners go onto a parent that was given. */
function onGivenParent(builder: Block, build: Build, given: GivenParent, part: Part): Omit<ImagePlan, 'builder' | 'definition'> {
  const message = `of the builder "${builder.name ?? builder.type}" (${builder.type}) only the provisioners are taken over: the image starts from the parent that was given`;
  part.became(builder.at, mapped('an image of EC2 Image Builder, on the parent that was given'));
  part.warn(builder.at, message);
  const name = (builder.name ?? builder.type).split('.').pop()!;
  return { ...parentOf(builder, build, Values.of(builder, part), given), imageName: legalised(name) || 'image', amiTags: {}, infrastructure: { instanceTypes: [] } };
}

function other(builder: Block, build: Build, context: BuildContext): OtherPlan {
  const { why, instead, machine } = otherBuilder(builder.type);
  const plan = planned(builder);
  const part = context.report.part(`builder ${plan.name}`, builder.at);
  if (machine && !context.withImages && provisionersFor(builder, build).length > 0) {
    return { builder: plan, why, instead, definition: componentsOf(builder, build, part, context) };
  }
  part.warn(builder.at, `the builder "${plan.name}" (${builder.type}) is not taken over: ${why}; ${instead}`);
  part.became(builder.at, warned(why), undefined, instead);
  return { builder: plan, why, instead };
}

/** The provisioners of another platform, where the template has no builder of AMIs. */
function componentsOf(builder: Block, build: Build, part: Part, context: BuildContext): string {
  const what = 'its provisioners become components without a parent';
  part.warn(builder.at, `of the builder "${builder.name ?? builder.type}" (${builder.type}) only the provisioners are taken over: ${what}; ${GIVE_PARENT}`);
  part.became(builder.at, mapped(what), undefined, GIVE_PARENT);
  const platform = guessedPlatform(builder, build, Values.of(builder, part));
  return definitionOf(builder, build, { platform, architecture: 'x86_64' }, context);
}

const GIVE_PARENT = 'give them to an image with a parent of yours, or name the parent of the builder';

/** What runs for a builder. */
function definitionOf(builder: Block, build: Build, system: SystemPlan, context: BuildContext): string {
  const part = context.report.part(`builder ${builder.name ?? builder.type}`, builder.at);
  const first = builder.type === 'amazon-ebs' ? userDataScript(Values.of(builder, part), system.platform) : [];
  const blocks = [...first, ...provisionersFor(builder, build)];
  const mappedBlocks = blocks.map((block, index) => mapProvisioner(block, {
    builder,
    platform: system.platform,
    part: context.report.part(`provisioner ${block.type}`, block.at),
    last: index === blocks.length - 1,
    secrets: context.input.secrets ?? [],
    ansibleVersion: context.input.ansibleVersion,
  }));
  return context.definitions.add({ builderName: builder.name ?? builder.type, platform: system.platform, ...splitUpdates(mappedBlocks) });
}

function splitUpdates(provisioners: ProvisionerPlan[]): { updates: ProvisionerPlan[]; others: ProvisionerPlan[] } {
  const first = provisioners.findIndex(({ type }) => type !== 'windows-update');
  const count = first < 0 ? provisioners.length : first;
  return { updates: provisioners.slice(0, count), others: provisioners.slice(count) };
}
