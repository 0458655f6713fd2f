import type { Attribute, Body, Expression, HclBlock } from './ast';
import { expanded, typeMade } from './dynamic';
import type { Evaluator } from './evaluate';
import { HclNumber } from './number/hcl-number';
import { fixed } from './number/number-text';
import type { Place } from './place';
import type { Scope } from './scope';
import { DataValue, isList, isMap, isNumber, Namespace, toText, type Value } from './value';
import { weight } from './weight';
import { engineFunctions } from '../template/interpolation/functions';
import { interpolate } from '../template/interpolation/interpolate';
import { ActionError } from '../template/interpolation/pipeline';
import { concatenate, Late, textSetting, type Text } from '../template/late';
import type { Position, Setting } from '../template/model';
import { settingOr } from '../template/unread';

export type Rendering = (text: Text) => Text;

/** A value as a setting, everything in it at one position. */
export function settingOf(value: Value, at: Position, render: Rendering = (text) => text): Setting {
  if (typeof value === 'string' || value instanceof Late) return textSetting(at, render(value));
  if (isList(value)) return { at, kind: 'list', value: value.map((item) => settingOf(item, at, render)) };
  if (isMap(value)) return { at, kind: 'map', value: new Map([...value].map(([key, item]) => [key, settingOf(item, at, render)])) };
  if (value instanceof DataValue) return { at, kind: 'data', value: { block: value.block, attribute: value.attribute } };
  if (isNumber(value)) return { at, kind: 'scalar', value: plainNumber(value) };
  return { at, kind: 'scalar', value: value instanceof Namespace ? null : value };
}

/** A number, or its text where a number has not so many digits. */
function plainNumber(number: HclNumber): number | string {
  const text = fixed(number);
  const plain = Number(text);
  return HclNumber.parse(String(plain))?.compare(number) === 0 ? plain : text;
}

/** Turns the bodies of blocks into settings, with the place of each value that was written out. */
export class HclSettings {
  private readonly functions;

  public constructor(private readonly evaluator: Evaluator, templatePath: string) {
    this.functions = engineFunctions(templatePath, evaluator.workingDirectory);
  }

  /** Attributes and nested blocks, in the order in which they were written; null means not set. What cannot be read is so by itself. */
  public settings(body: Body, scope: Scope, without: ReadonlySet<string> = new Set()): Map<string, Setting> {
    const written: Array<{ offset: number; name: string; setting: Setting }> = [];
    for (const attribute of body.attributes.values()) {
      if (without.has(attribute.name)) continue;
      const setting = this.attribute(attribute, scope);
      if (setting.kind !== 'scalar' || setting.value !== null) written.push({ offset: attribute.place.offset, name: attribute.name, setting });
    }
    for (const [name, blocks] of byType(body.blocks)) {
      const { place } = blocks[0]!;
      if (body.attributes.has(name)) place.fail(`"${name}" is an attribute and a block`, 'keep one of them');
      const setting = settingOr(place.position, () => this.nested(blocks, scope));
      if (setting.kind !== 'list' || setting.value.length > 0) written.push({ offset: place.offset, name, setting });
    }
    return new Map(written.sort((a, b) => a.offset - b.offset).map(({ name, setting }) => [name, setting]));
  }

  public attribute(attribute: Attribute, scope: Scope): Setting {
    return this.expression(attribute.value, scope);
  }

  private nested(blocks: ReadonlyArray<HclBlock>, scope: Scope): Setting {
    const all = expanded({ attributes: new Map(), blocks }, scope, this.evaluator);
    const maps = all.map(({ block, names }): Setting => {
      if (block.labels.length > 0) block.place.fail(`the block "${block.type}" has a label`, 'remove it');
      return { at: block.place.position, kind: 'map', value: this.settings(block.body, scope.with(names)) };
    });
    return maps.length === 1 ? maps[0]! : { at: blocks[0]!.place.position, kind: 'list', value: maps };
  }

  /** Lists and maps that are written out are taken apart, so that each item has its own place. */
  private expression(expression: Expression, scope: Scope): Setting {
    const at = expression.place.position;
    if (expression.kind === 'list') return { at, kind: 'list', value: expression.items.map((item) => this.expression(item, scope)) };
    return settingOr(at, () => (expression.kind === 'object' ? this.object(expression, scope) : this.value(expression, scope)));
  }

  private object({ place, items }: Extract<Expression, { kind: 'object' }>, scope: Scope): Setting {
    const value = new Map(items.map((item) => [this.key(item.key, scope), this.expression(item.value, scope)]));
    return { at: place.position, kind: 'map', value };
  }

  private value(expression: Expression, scope: Scope): Setting {
    const value = this.evaluator.evaluate(expression, scope);
    if (value instanceof Namespace) expression.place.fail('this is a group of names, not a value', 'name a member');
    this.evaluator.spend(weight(value), expression.place);
    return settingOf(value, expression.place.position, (text) => this.render(text, expression.place));
  }

  private key(expression: Expression, scope: Scope): string {
    const key = toText(this.evaluator.evaluate(expression, scope));
    return typeof key === 'string' ? key : expression.place.fail('a key is not a known text', 'write the key');
  }

  /** Plugins evaluate `{{timestamp}}` and the like in HCL2, too. */
  private render(text: Text, place: Place): Text {
    const engine = { functions: this.functions, namesOnly: new Set<string>(), repaired: () => undefined, warned: () => undefined };
    try {
      if (!(text instanceof Late)) return interpolate(text, engine);
      return concatenate(text.parts.map((part) => (typeof part === 'string' ? interpolate(part, engine) : new Late([part]))));
    } catch (error) {
      if (error instanceof ActionError) place.fail(error.what, error.fix);
      throw error;
    }
  }
}

/** Nested blocks by their type; a `dynamic` belongs to those that it makes. */
function byType(blocks: ReadonlyArray<HclBlock>): Map<string, HclBlock[]> {
  const groups = new Map<string, HclBlock[]>();
  for (const block of blocks) {
    const type = block.type === 'dynamic' ? typeMade(block) : block.type;
    const group = groups.get(type);
    if (group) group.push(block);
    else groups.set(type, [block]);
  }
  return groups;
}
