import { basename } from 'node:path';
import { call, callOn, create, list, member, options, plain, self, text, variable, type Code, type Item, type StackCode, type Statement } from './code';
import type { ValueWriter } from './from-value';
import { infrastructureOf } from './infrastructure';
import type { NoticeComments } from './notice-comments';
import { Platform } from '../../../../src/image/platform';
import type { Definition, ImageMapping, MappedProvisioner, TemplateMapping } from '../../../../src/packer/mapping/map-template';
import { legalised } from '../../../../src/packer/mapping/builders/names';

/** Writes the images of a template as a stack. */
export class StackWriter {
  private readonly statements: Statement[] = [];
  private readonly components = new Map<Definition, { readonly updates?: Code; readonly others?: Code }>();

  public constructor(
    private readonly mapping: TemplateMapping, private readonly prefix: string,
    private readonly values: ValueWriter, private readonly notices: NoticeComments,
  ) {}

  public write(header: string[], className: string): StackCode {
    this.mapping.images.forEach((image) => this.image(image));
    const others = this.mapping.others.map(({ builder, why, instead }) => `TODO the builder ${builder.name ?? builder.type} is not here: ${why}; ${instead}`);
    // Last: what stands nowhere else.
    return { className, comments: [...header, ...others, ...this.notices.rest()], statements: this.statements };
  }

  private image(image: ImageMapping): void {
    const { updates, others } = this.componentsOf(image);
    const suffix = this.mapping.images.length === 1 ? '' : pascal(image.imageName);
    const infrastructure = variable(`${suffix === '' ? 'infrastructure' : `${camel(suffix)}Infrastructure`}`);
    const settings = infrastructureOf(image.infrastructure, suffix);
    this.declare(nameOf(infrastructure), create('BuildInfrastructure', [self, text(`${suffix}Infrastructure`), ...settings ? [settings] : []]), []);
    const base = variable(suffix === '' ? 'base' : `${camel(suffix)}Base`);
    const last = others === undefined ? base : variable(suffix === '' ? 'image' : `${camel(suffix)}Image`);
    const own = this.ownProps(image);
    const builder = this.notices.of(image.builder);
    this.declare(nameOf(base), create('PatchedBaseImage', [self, text(`${suffix}Base`), options({
      imageName: text(others === undefined ? image.imageName : `${image.imageName}-base`),
      parent: this.values.write(image.parent),
      updates,
      schedule: schedule(image.platform),
      infrastructure,
      ...others === undefined ? own : {},
    })]), [...builder, ...updates === undefined ? ['The base installs every update of the operating system there is.'] : []]);
    if (others !== undefined) {
      this.declare(nameOf(last), create('RoleImage', [self, text(`${suffix}Image`), options({
        imageName: text(image.imageName), parent: base, components: list(others), infrastructure, ...own,
      })]), ['Built again whenever the base is released.']);
    }
    this.statements.push({ comments: ['Fleets follow this channel.'], code: callOn(last, 'addChannel', [text('production'), options({ gates: list(call('Gate', 'imageTests')) })]) });
  }

  private ownProps({ amiTags, description, rootVolumeSize }: ImageMapping): Record<string, Code | undefined> {
    const tags = Object.entries(amiTags).map(([name, value]) => [name, text(value)] as const);
    return {
      amiTags: tags.length === 0 ? undefined : { kind: 'map', entries: tags },
      description: description === undefined ? undefined : text(description),
      rootVolumeSize: rootVolumeSize && call('Size', 'gibibytes', [plain(rootVolumeSize.toGibibytes())], 'aws-cdk-lib'),
    };
  }

  /** One definition, one component: images that run the same share it. */
  private componentsOf({ definition, builder }: ImageMapping): { readonly updates?: Code; readonly others?: Code } {
    const known = this.components.get(definition);
    if (known) return known;
    const count = new Set(this.mapping.images.map((image) => image.definition)).size;
    const index = this.components.size + 1;
    const name = legalised(count === 1 ? this.prefix : `${this.prefix}-${index}-${(builder.name ?? builder.type).split('.').pop()}`);
    const suffix = count === 1 ? '' : String(index);
    const { updates, others } = definition.provisioners;
    const made = {
      updates: this.component(`updates${suffix}`, `${name}-updates`, updates),
      others: this.component(`provisioners${suffix}`, name, others),
    };
    this.components.set(definition, made);
    return made;
  }

  private component(constant: string, name: string, provisioners: MappedProvisioner[]): Code | undefined {
    const items = provisioners.flatMap((each) => this.steps(each));
    if (!provisioners.some(({ steps }) => steps.length > 0)) {
      this.pending.push(...items.flatMap(({ comments }) => comments));
      return undefined;
    }
    const kept = items.filter(({ code }) => code.kind !== 'this');
    const buildSteps: Code = { kind: 'list', items: kept, tall: true };
    const lost = items.filter(({ code }) => code.kind === 'this').flatMap(({ comments }) => comments);
    this.declare(constant, call('Component', 'fromSteps', [text(name), options({ description: text('Provisioners of a Packer template'), buildSteps })]), lost);
    return variable(constant);
  }

  /** What is said of provisioners of which nothing is left; it goes before the next statement. */
  private readonly pending: string[] = [];

  private steps({ block, steps }: MappedProvisioner): Item[] {
    const place = `${basename(block.at.file)}:${block.at.line}: ${block.type}`;
    const comments = [steps.length === 0 ? `${place}: nothing is left of it.` : place, ...this.notices.of(block)];
    if (steps.length === 0) return [{ comments, code: self }];
    return steps.map((step, index) => ({ comments: index === 0 ? comments : [], code: this.values.write(step) }));
  }

  private declare(name: string, code: Code, comments: string[]): void {
    this.statements.push({ name, code, comments: [...this.pending.splice(0), ...comments] });
  }
}

const nameOf = (code: Code): string => (code.kind === 'variable' ? code.name : '');

const schedule = (platform: Platform): Code => (platform === Platform.WINDOWS
  ? call('BuildSchedule', 'patchTuesday')
  : call('BuildSchedule', 'weekly', [options({ weekDay: member('WeekDay', 'TUESDAY') })]));

/** `my-image` as a name of a class, and of a constant. */
export const pascal = (name: string): string => {
  const joined = name.split(/[^A-Za-z0-9]+/).filter(Boolean).map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Image${joined}`;
};
export const camel = (name: string): string => pascal(name)[0]!.toLowerCase() + pascal(name).slice(1);
