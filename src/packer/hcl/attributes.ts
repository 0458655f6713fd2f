import type { Body, HclBlock } from './ast';
import type { Evaluator } from './evaluate';
import type { Scope } from './scope';
import { typeName, type Value } from './value';
import { Late } from '../template/late';
import { suggestion } from '../template/nearest';

/** Refuses attributes and blocks that a kind of block does not have. */
export function refuseOthers(block: HclBlock, attributes: ReadonlyArray<string>, blocks: ReadonlyArray<string> = []): void {
  for (const { name, place } of block.body.attributes.values()) {
    if (!attributes.includes(name)) place.fail(`"${block.type}" has no attribute "${name}"`, suggestion(name, [...attributes, ...blocks]));
  }
  for (const { type, place } of block.body.blocks) {
    if (!blocks.includes(type)) place.fail(`"${block.type}" has no block "${type}"`, suggestion(type, [...attributes, ...blocks]));
  }
}

/** The labels of a block, of which there has to be a number. */
export function labels(block: HclBlock, count: number, example: string): ReadonlyArray<string> {
  if (block.labels.length !== count) block.place.fail(`"${block.type}" has ${block.labels.length} labels instead of ${count}`, `write ${example}`);
  return block.labels;
}

/** Attributes that have to be plain values. */
export class Attributes {
  public constructor(private readonly evaluator: Evaluator, private readonly scope: Scope, private readonly body: Body) {}

  public text(name: string): string | undefined {
    return this.typed(name, 'a text', (value): value is string => typeof value === 'string');
  }

  /** The same, without what only a build knows. */
  public fixedText(name: string): string | undefined {
    const text = this.typed(name, 'a text', (value): value is string | Late => typeof value === 'string' || value instanceof Late && value.secrets.length === 0);
    return text instanceof Late ? text.parts.filter((part) => typeof part === 'string').join('') : text;
  }

  public flag(name: string): boolean | undefined {
    return this.typed(name, 'true or false', (value): value is boolean => typeof value === 'boolean');
  }

  public texts(name: string): ReadonlyArray<string> | undefined {
    return this.typed(name, 'a list of texts', (value): value is ReadonlyArray<string> => Array.isArray(value) && value.every((item) => typeof item === 'string'));
  }

  private typed<T extends Value>(name: string, wanted: string, is: (value: Value) => value is T): T | undefined {
    const attribute = this.body.attributes.get(name);
    if (!attribute) return undefined;
    const value = this.evaluator.evaluate(attribute.value, this.scope);
    if (value === null) return undefined;
    return is(value) ? value : attribute.value.place.fail(`"${name}" is ${typeName(value)}, not ${wanted}`, `give ${wanted}`);
  }
}
