import type { HclBlock } from './ast';
import { Attributes, labels } from './attributes';
import type { BuildScope } from './build-scope';
import type { ScopedBlock } from './dynamic';
import type { Evaluator } from './evaluate';
import type { Scope } from './scope';
import type { HclSettings } from './settings';
import { NEVER_OVERRIDDEN, type Block, type Setting } from '../template/model';
import type { Notices } from '../template/notices';

const COMMON = new Set(['name', 'only', 'except', 'override']);

/** Reads provisioners and post-processors. */
export class HclSteps {
  public constructor(private readonly evaluator: Evaluator, private readonly settings: HclSettings, private readonly notices: Notices) {}

  public step({ block, names }: ScopedBlock, scope: BuildScope, builders: ReadonlyArray<Block>): Block {
    const [type] = labels(block, 1, `${block.type} "type" { … }`);
    const attributes = new Attributes(this.evaluator, scope.of().with(names), block.body);
    const name = attributes.text('name');
    const only = attributes.texts('only');
    const except = attributes.texts('except');
    if (only?.length && except?.length) block.place.fail('"only" and "except" stand together', 'keep one of them');
    const read = (builder?: Block) => this.settings.settings(block.body, scope.of(builder).with(names), COMMON);
    scope.touched = false;
    const settings = read(builders.length === 1 ? builders[0] : undefined);
    const own = scope.touched && builders.length > 1 ? builders.map((builder) => [builder.name!, read(builder)] as const) : [];
    this.tellUnknown([...only ?? [], ...except ?? []], block, builders);
    const overrides = this.overrides(block, scope.of().with(names), builders, new Map(own));
    return {
      type: type!,
      at: block.place.position,
      settings,
      ...(name === undefined ? {} : { name }),
      ...(only?.length ? { only } : {}),
      ...(except?.length ? { except } : {}),
      ...(overrides.size > 0 ? { overrides } : {}),
    };
  }

  /** Packer compares full names in HCL2, and says nothing of others, which choose nothing. */
  private tellUnknown(names: ReadonlyArray<string>, block: HclBlock, builders: ReadonlyArray<Block>): void {
    const full = builders.map((builder) => builder.name!);
    for (const name of names.filter((one) => !full.includes(one))) {
      this.notices.warn(block.place.position, `no builder of this build is called "${name}", so that it stands for none: in HCL2 Packer compares "only" and "except" with ${list(full)}`);
    }
  }

  /** Settings of their own by builder: a template names builders by what follows their type, as Packer does. */
  private overrides(block: HclBlock, scope: Scope, builders: ReadonlyArray<Block>, own: Overrides): Overrides {
    const overrides = new Map(own);
    const attribute = block.body.attributes.get('override');
    const setting = attribute && this.settings.attribute(attribute, scope);
    if (setting === undefined) return overrides;
    if (setting.kind !== 'map') return attribute!.place.fail('"override" is not a map', 'write override = { name = { … } }');
    for (const [key, value] of setting.value) {
      if (value.kind !== 'map') return attribute!.place.fail(`the override "${key}" is not a map`, 'write { … }');
      const meant = builders.filter(({ name, type }) => name === `${type}.${key}`);
      if (meant.length === 0) this.notices.warn(attribute!.place.position, `no builder of this build is called "${key}" after its type, so that Packer does not use this override`);
      const foreign = meant.length > 0 ? NEVER_OVERRIDDEN.find((option) => value.value.has(option)) : undefined;
      if (foreign !== undefined) attribute!.place.fail(`the override "${key}" has "${foreign}", which Packer refuses`, 'write a provisioner for each builder, with "only"');
      for (const { name } of meant) overrides.set(name!, new Map([...overrides.get(name!) ?? [], ...value.value]));
    }
    return overrides;
  }
}

type Overrides = Map<string, ReadonlyMap<string, Setting>>;

const list = (names: ReadonlyArray<string>): string => names.slice(0, 5).map((name) => `"${name}"`).join(', ');
