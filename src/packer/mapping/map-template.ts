import { mapAmazonEbs, type BuilderMapping } from './builders/amazon-ebs';
import { builderNames } from './builders/builder-names';
import { otherBuilder } from './builders/others';
import { mapProvisioner, provisionersFor } from './map-provisioners';
import { mapPostProcessors } from './post-processors';
import { refuseStaticKeys } from './static-keys';
import type { RuntimeSecret } from '../../component/secret';
import type { Step } from '../../component/step';
import type { ParentImage } from '../../image/parent-image';
import { TemplateError } from '../template/error';
import type { Block, Build, Notice, Position, Template } from '../template/model';
import { suggestion } from '../template/nearest';
import { Notices } from '../template/notices';

/** What a template does not say. */
export interface MappingOptions {
  readonly secrets?: Readonly<Record<string, RuntimeSecret>>;
  /** By the name of a builder. */
  readonly parents?: Readonly<Record<string, ParentImage>>;
  readonly ansibleVersion?: string;
}

/** The steps of one provisioner. */
export interface MappedProvisioner {
  readonly block: Block;
  readonly steps: Step[];
}

/** Steps that several images may share. */
export interface Definition {
  /** Updates of the operating system that stand at the beginning. */
  readonly updates: Step[];
  readonly steps: Step[];
  /** Whose they are, in order: those of the updates, then the others. */
  readonly provisioners: { readonly updates: MappedProvisioner[]; readonly others: MappedProvisioner[] };
}

export interface ImageMapping extends BuilderMapping {
  readonly builder: Block;
  readonly definition: Definition;
}

export interface OtherMapping {
  readonly builder: Block;
  readonly why: string;
  readonly instead: string;
}

export interface TemplateMapping {
  readonly images: ImageMapping[];
  readonly others: OtherMapping[];
  readonly notices: Notice[];
}

/** Maps a template. Throws TemplateError, and nothing else. */
export function mapTemplate(template: Template, at: Position, options: MappingOptions): TemplateMapping {
  const notices = new Notices();
  template.notices.forEach(({ severity, at: place, message }) => (severity === 'warning' ? notices.warn(place, message) : notices.inform(place, message)));
  refuseStaticKeys(template);
  informOfUnused(template, notices);
  checkNames(template, at, options);
  const mapped = template.builds.map((build) => new BuildMapper(build, options, notices).map());
  const [images, others] = [mapped.flatMap((each) => each.images), mapped.flatMap((each) => each.others)];
  if (images.length === 0) refuseAll(others, at);
  return { images, others, notices: notices.all };
}

/** The images of one build, which share definitions where they are the same. */
class BuildMapper {
  private readonly definitions = new Map<string, Definition>();

  public constructor(private readonly build: Build, private readonly options: MappingOptions, private readonly notices: Notices) {}

  public map(): { images: ImageMapping[]; others: OtherMapping[] } {
    const { errorCleanup, builders } = this.build;
    if (errorCleanup) {
      throw new TemplateError(errorCleanup.at, 'an error-cleanup-provisioner has no counterpart: the instance of a build that fails is terminated', 'remove it');
    }
    const ours = builders.filter(({ type }) => type === 'amazon-ebs');
    const images = ours.map((builder) => this.image(builder));
    mapPostProcessors(this.build, ours, this.notices);
    return { images, others: builders.filter((builder) => !ours.includes(builder)).map((builder) => this.other(builder)) };
  }

  private image(builder: Block): ImageMapping {
    const given = builderNames(builder, this.build).map((name) => this.options.parents?.[name]).find((parent) => parent !== undefined);
    const mapping = mapAmazonEbs(builder, this.build, given, this.notices);
    return { ...mapping, builder, definition: this.definition(builder, mapping) };
  }

  /** What runs for the builder; the same object for builders that run the same. */
  private definition(builder: Block, { platform, osVersion }: BuilderMapping): Definition {
    const blocks = provisionersFor(builder, this.build);
    const own = { value: blocks.some((block) => !this.build.provisioners.includes(block)) };
    const { secrets = {}, ansibleVersion } = this.options;
    const context = { builder, platform, osVersion, notices: this.notices, secrets, ansibleVersion };
    const mapped = blocks.map((block, index) => ({
      block, steps: mapProvisioner(block, { ...context, last: index === blocks.length - 1, dependsOnBuilder: () => { own.value = true; } }),
    }));
    const definition = splitUpdates(mapped);
    const key = own.value ? `own ${builder.name ?? builder.type}` : `${platform} ${blocks.map((block) => this.build.provisioners.indexOf(block)).join()}`;
    const known = this.definitions.get(key) ?? definition;
    this.definitions.set(key, known);
    return known;
  }

  private other(builder: Block): OtherMapping {
    const { why, instead } = otherBuilder(builder.type);
    this.notices.warn(builder.at, `the builder "${builder.name ?? builder.type}" (${builder.type}) is not taken over: ${why}; ${instead}`);
    return { builder, why, instead };
  }
}

function splitUpdates(mapped: MappedProvisioner[]): Definition {
  const first = mapped.findIndex(({ block }) => block.type !== 'windows-update');
  const updates = first < 0 ? mapped : mapped.slice(0, first);
  const others = mapped.slice(updates.length);
  return { updates: updates.flatMap(({ steps }) => steps), steps: others.flatMap(({ steps }) => steps), provisioners: { updates, others } };
}

function informOfUnused({ variables }: Template, notices: Notices): void {
  for (const { at, name, used } of variables) {
    if (!used) notices.inform(at, `the variable "${name}" is dropped: nothing refers to it`);
  }
}

/** Names that the caller gives have to be in the template, or what they stand for would be lost silently. */
function checkNames({ variables, builds }: Template, at: Position, { secrets = {}, parents = {} }: MappingOptions): void {
  const sensitive = variables.filter((variable) => variable.sensitive).map(({ name }) => name);
  const builders = builds.flatMap((build) => build.builders.flatMap((builder) => builderNames(builder, build)));
  for (const [given, known, what] of [[secrets, sensitive, 'sensitive variable'], [parents, builders, 'builder']] as const) {
    const unknown = Object.keys(given).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new TemplateError(at, `no ${what} is called "${unknown}"`, suggestion(unknown, known));
  }
}

function refuseAll(others: OtherMapping[], at: Position): never {
  const [first] = others;
  throw first
    ? new TemplateError(first.builder.at, `no builder can be taken over; "${first.builder.type}": ${first.why}`, first.instead)
    : new TemplateError(at, 'the template has no builder', 'add a builder amazon-ebs');
}

