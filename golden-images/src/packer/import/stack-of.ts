import { basename } from 'node:path';
import { call, callOn, create, list, member, options, plain, self, text, variable, type Code, type Item, type ModuleCode, type Statement } from './code';
import { infrastructureOf } from './infrastructure';
import type { NoticeComments } from './notice-comments';
import { parentCode } from './parent-code';
import type { StepCode } from './step-code';
import { legalised } from '../../../../src/packer/mapping/builders/names';
import type { DefinitionPlan, ImagePlan, PlatformName, ProvisionerPlan, TemplatePlan } from '../../../../src/packer/plan';
import { componentName } from '../../../../src/packer/plan/component-name';

/** Writes the images of a template as a stack. */
export class StackWriter {
  private readonly statements: Statement[] = [];
  /** What is said of provisioners of which nothing is left; it goes before the next statement. */
  private readonly pending: string[] = [];
  private readonly components = new Map<string, { readonly updates?: Code; readonly others?: Code }>();

  public constructor(
    private readonly plan: TemplatePlan, private readonly prefix: string, private readonly code: StepCode, private readonly notices: NoticeComments,
  ) {}

  public write(header: string[], className: string): ModuleCode {
    this.plan.images.forEach((image) => this.image(image));
    return { className, ...this.whole(header) };
  }

  /** The components alone, where no builder becomes an image. */
  public writeComponents(header: string[]): ModuleCode {
    this.plan.definitions.forEach((definition) => this.componentsOf(definition));
    return this.whole(header);
  }

  /** With the notices that stand nowhere else. */
  private whole(header: string[]): Omit<ModuleCode, 'className'> {
    return { comments: [...header, ...this.notices.rest(), ...this.pending], statements: this.statements };
  }

  private image(image: ImagePlan): void {
    const { updates, others } = this.componentsOf(this.plan.definitions.find(({ id }) => id === image.definition)!);
    const suffix = this.plan.images.length === 1 ? '' : pascal(`${image.imageName}${this.again(image)}`);
    const constant = (name: string): string => (suffix === '' ? camel(name) : `${camel(suffix)}${name}`);
    const settings = infrastructureOf(image.infrastructure, suffix);
    const infrastructure = this.declare(constant('Infrastructure'), create('BuildInfrastructure', [self, text(`${suffix}Infrastructure`), ...settings ? [settings] : []]));
    const own = this.ownProps(image);
    const base = this.declare(constant('Base'), create('PatchedBaseImage', [self, text(`${suffix}Base`), options({
      ...others === undefined ? own : { imageName: text(`${image.imageName}${this.again(image)}-base`) },
      parent: parentCode(image.parent),
      updates,
      schedule: schedule(image.system.platform),
      infrastructure,
    })]), [...this.notices.of(image.builder.at), ...updates === undefined ? ['The template does not begin with updates: the base installs all there are.'] : []]);
    const last = others === undefined ? base : this.declare(constant('Image'), create('RoleImage', [self, text(`${suffix}Image`), options({
      ...own, parent: base, components: list(others), infrastructure,
    })]), ['Built again whenever the base is released.']);
    const gates = options({ gates: list(call('Gate', 'imageTests')) });
    this.statements.push({ comments: ['Fleets follow this channel.'], code: callOn(last, 'addChannel', [text('production'), gates]) });
  }

  /** What tells images of one name apart. */
  private again(image: ImagePlan): string {
    const same = this.plan.images.filter(({ imageName }) => imageName === image.imageName);
    return same.indexOf(image) === 0 ? '' : `-${same.indexOf(image) + 1}`;
  }

  private ownProps(image: ImagePlan): Record<string, Code | undefined> {
    const { imageName, amiTags, description, rootVolumeGibibytes } = image;
    const tags = Object.entries(amiTags).map(([name, value]) => [name, text(value)] as const);
    return {
      imageName: text(`${imageName}${this.again(image)}`),
      amiTags: tags.length === 0 ? undefined : { kind: 'map', entries: tags },
      description: description === undefined ? undefined : text(description),
      rootVolumeSize: rootVolumeGibibytes === undefined ? undefined : call('Size', 'gibibytes', [plain(rootVolumeGibibytes)], 'aws-cdk-lib'),
    };
  }

  /** One definition, one component: images that run the same share it. */
  private componentsOf(definition: DefinitionPlan): { readonly updates?: Code; readonly others?: Code } {
    const known = this.components.get(definition.id);
    if (known) return known;
    const suffix = this.plan.definitions.length === 1 ? '' : definition.id;
    const name = legalised(componentName(this.plan, definition, this.prefix));
    const made = {
      updates: this.component(`updates${suffix}`, `${name}-updates`, definition.updates),
      others: this.component(`provisioners${suffix}`, name, definition.others),
    };
    this.components.set(definition.id, made);
    return made;
  }

  private component(constant: string, name: string, provisioners: readonly ProvisionerPlan[]): Code | undefined {
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

  private steps({ type, at, steps }: ProvisionerPlan): Item[] {
    const place = `${basename(at.file)}:${at.line}: ${type}`;
    const comments = [steps.length === 0 ? `${place}: nothing is left of it.` : place, ...this.notices.of(at)];
    if (steps.length === 0) return [{ comments, code: self }];
    return steps.map((step, index) => ({ comments: index === 0 ? comments : [], code: this.code.step(step) }));
  }

  private declare(name: string, code: Code, comments: string[] = []): Code {
    this.statements.push({ name, code, comments: [...this.pending.splice(0), ...comments] });
    return variable(name);
  }
}

const schedule = (platform: PlatformName): Code => (platform === 'Windows'
  ? call('BuildSchedule', 'patchTuesday')
  : call('BuildSchedule', 'weekly', [options({ weekDay: member('WeekDay', 'TUESDAY') })]));

/** `my-image` as a name of a class, and of a constant. */
export const pascal = (name: string): string => {
  const joined = name.split(/[^A-Za-z0-9]+/).filter(Boolean).map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Image${joined}`;
};
export const camel = (name: string): string => pascal(name)[0]!.toLowerCase() + pascal(name).slice(1);
