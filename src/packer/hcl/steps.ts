import type { HclBlock } from './ast';
import { Attributes, labels } from './attributes';
import type { Evaluator } from './evaluate';
import type { Scope } from './scope';
import type { HclSettings } from './settings';
import type { Block, Setting } from '../template/model';
import type { Notices } from '../template/notices';

const COMMON = new Set(['name', 'only', 'except', 'override']);

/** Reads provisioners and post-processors. */
export class HclSteps {
  public constructor(private readonly evaluator: Evaluator, private readonly settings: HclSettings, private readonly notices: Notices) {}

  public step(block: HclBlock, scope: Scope, builders: ReadonlyArray<Block>): Block {
    const [type] = labels(block, 1, `${block.type} "type" { … }`);
    const attributes = new Attributes(this.evaluator, scope, block.body);
    const name = attributes.text('name');
    const only = attributes.texts('only');
    const except = attributes.texts('except');
    if (only && except) block.place.fail('"only" and "except" stand together', 'keep one of them');
    this.tellUnknown(block, [...(only ?? []), ...(except ?? [])], builders);
    const overrides = this.overrides(block, scope, builders);
    return {
      type: type!,
      at: block.place.position,
      settings: this.settings.settings(block.body, scope, COMMON),
      ...(name === undefined ? {} : { name }),
      ...(only ? { only } : {}),
      ...(except ? { except } : {}),
      ...(overrides ? { overrides } : {}),
    };
  }

  /** Packer says nothing of names that are no builder's; they are nearly always mistyped. */
  private tellUnknown(block: HclBlock, names: ReadonlyArray<string>, builders: ReadonlyArray<Block>): void {
    for (const name of names) {
      if (!builders.some((builder) => builder.name === name)) this.notices.warn(block.place.position, `no builder of this build is called "${name}"`);
    }
  }

  /** By the full names of builders; a template may write the last word only. */
  private overrides(block: HclBlock, scope: Scope, builders: ReadonlyArray<Block>): Map<string, ReadonlyMap<string, Setting>> | undefined {
    const attribute = block.body.attributes.get('override');
    if (!attribute) return undefined;
    const setting = this.settings.attribute(attribute, scope);
    if (setting.kind !== 'map') return attribute.place.fail('"override" is not a map', 'write override = { name = { … } }');
    const overrides = new Map<string, ReadonlyMap<string, Setting>>();
    for (const [key, value] of setting.value) {
      if (value.kind !== 'map') return attribute.place.fail(`the override "${key}" is not a map`, 'write { … }');
      const meant = builders.filter(({ name, type }) => name === key || name === `${type}.${key}`);
      this.tellUnknown(block, meant.length > 0 ? [] : [key], builders);
      for (const builder of meant) overrides.set(builder.name!, value.value);
    }
    return overrides;
  }
}
