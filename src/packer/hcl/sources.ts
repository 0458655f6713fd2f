import type { Body, HclBlock } from './ast';
import { labels } from './attributes';
import type { Place } from './place';
import { suggestion } from '../template/nearest';

export interface Source {
  readonly type: string;
  readonly name: string;
  readonly block: HclBlock;
}

/** The `source` blocks at the top of a template. */
export class HclSources {
  private readonly declared = new Map<string, Source>();

  public declare(block: HclBlock): void {
    const [type, name] = labels(block, 2, 'source "amazon-ebs" "name" { … }');
    const key = `${type}.${name}`;
    if (this.declared.has(key)) block.place.fail(`the source "${key}" is declared twice`, 'give one of them another name');
    this.declared.set(key, { type: type!, name: name!, block });
  }

  /** By what a build calls it: `source.amazon-ebs.web`, `sources.…`, or without the first word. */
  public find(reference: string, place: Place): Source {
    const key = reference.replace(/^sources?\./, '');
    return this.declared.get(key) ?? place.fail(`the source "${key}" is not declared`, suggestion(key, this.declared.keys()));
  }

  public get names(): string[] {
    return [...this.declared.keys()];
  }
}

/** A source with what a build adds to it: Packer lets a build add settings, not change them. */
export function merged(source: Source, added: HclBlock): Body {
  for (const { name, place } of added.body.attributes.values()) {
    if (source.block.body.attributes.has(name)) place.fail(`"${name}" is set in the source, too`, 'keep one of them: a build adds settings, and changes none');
  }
  return {
    attributes: new Map([...source.block.body.attributes, ...added.body.attributes]),
    blocks: [...source.block.body.blocks, ...added.body.blocks],
  };
}
