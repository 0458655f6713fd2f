import { basename } from 'node:path';
import { call, callOn, create, list, member, options, plain, self, text, variable, type Code, type Item, type StackCode, type Statement } from './code';
import type { ValueWriter } from './from-value';
import { infrastructureOf } from './infrastructure';
import type { NoticeComments } from './notice-comments';
import { Platform } from '../../../../src/image/platform';
import { legalised } from '../../../../src/packer/mapping/builders/names';
import type { Definition, ImageMapping, MappedProvisioner, TemplateMapping } from '../../../../src/packer/mapping/map-template';

/** Writes the images of a template as a stack. */
export class StackWriter {
  private readonly statements: Statement[] = [];
  /** What is said of provisioners of which nothing is left; it goes before the next statement. */
  private readonly pending: string[] = [];
  private readonly components = new Map<Definition, { readonly updates?: Code; readonly others?: Code }>();

  public constructor(
    private readonly mapping: TemplateMapping, private readonly prefix: string,
    private readonly values: ValueWriter, private readonly notices: NoticeComments,
  ) {}

  public write(header: string[], className: string): StackCode {
    this.mapping.images.forEach((image) => this.image(image));
    // What stands nowhere else.
    return { className, comments: [...header, ...this.notices.rest()], statements: this.statements };
  }

  private image(image: ImageMapping): void {
    const { updates, others } = this.componentsOf(image);
    const suffix = this.mapping.images.length === 1 ? '' : pascal(`${image.imageName}${this.again(image)}`);
    const constant = (name: string): string => (suffix === '' ? camel(name) : `${camel(suffix)}${name}`);
    const settings = infrastructureOf(image.infrastructure, suffix);
    const infrastructure = this.declare(constant('Infrastructure'), create('BuildInfrastructure', [self, text(`${suffix}Infrastructure`), ...settings ? [settings] : []]));
    const own = this.ownProps(image);
    const base = this.declare(constant('Base'), create('PatchedBaseImage', [self, text(`${suffix}Base`), options({
      ...others === undefined ? own : { imageName: text(`${image.imageName}${this.again(image)}-base`) },
      parent: this.values.write(image.parent),
      updates,
      schedule: schedule(image.platform),
      infrastructure,
    })]), [...this.notices.of(image.builder), ...updates === undefined ? ['The template does not begin with updates: the base installs all there are.'] : []]);
    const last = others === undefined ? base : this.declare(constant('Image'), create('RoleImage', [self, text(`${suffix}Image`), options({
      ...own, parent: base, components: list(others), infrastructure,
    })]), ['Built again whenever the base is released.']);
    const gates = options({ gates: list(call('Gate', 'imageTests')) });
    this.statements.push({ comments: ['Fleets follow this channel.'], code: callOn(last, 'addChannel', [text('production'), gates]) });
  }

  /** What tells images of one name apart. */
  private again(image: ImageMapping): string {
    const same = this.mapping.images.filter(({ imageName }) => imageName === image.imageName);
    return same.indexOf(image) === 0 ? '' : `-${same.indexOf(image) + 1}`;
  }

  private ownProps(image: ImageMapping): Record<string, Code | undefined> {
    const { imageName, amiTags, description, rootVolumeSize } = image;
    const tags = Object.entries(amiTags).map(([name, value]) => [name, text(value)] as const);
    return {
      imageName: text(`${imageName}${this.again(image)}`),
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
    const description = text('Provisioners of a Packer template');
    return this.declare(constant, call('Component', 'fromSteps', [text(name), options({ description, buildSteps })]), lost);
  }

  private steps({ block, steps }: MappedProvisioner): Item[] {
    const place = `${basename(block.at.file)}:${block.at.line}: ${block.type}`;
    const comments = [steps.length === 0 ? `${place}: nothing is left of it.` : place, ...this.notices.of(block)];
    if (steps.length === 0) return [{ comments, code: self }];
    return steps.map((step, index) => ({ comments: index === 0 ? comments : [], code: this.values.write(step) }));
  }

  private declare(name: string, code: Code, comments: string[] = []): Code {
    this.statements.push({ name, code, comments: [...this.pending.splice(0), ...comments] });
    return variable(name);
  }
}

const schedule = (platform: Platform): Code => (platform === Platform.WINDOWS
  ? call('BuildSchedule', 'patchTuesday')
  : call('BuildSchedule', 'weekly', [options({ weekDay: member('WeekDay', 'TUESDAY') })]));

/** `my-image` as a name of a class, and of a constant. */
export const pascal = (name: string): string => {
  const joined = name.split(/[^A-Za-z0-9]+/).filter(Boolean).map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Image${joined}`;
};
export const camel = (name: string): string => pascal(name)[0]!.toLowerCase() + pascal(name).slice(1);
