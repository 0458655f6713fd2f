import { attempt, rowOf, type Row } from './row';
import { isFor } from '../../../../src/packer/mapping/builders/builder-names';
import { mapPostProcessors, POST_PROCESSORS } from '../../../../src/packer/mapping/post-processors';
import { treat, type OptionTable } from '../../../../src/packer/mapping/treatment';
import type { Block, Build } from '../../../../src/packer/template/model';
import { Notices } from '../../../../src/packer/template/notices';

/** The options of a block one by one, and the block without those that are refused: what else there is to say of it can then be found. */
export function explainBlock(block: Block, what: string, table: OptionTable): { rows: Row[]; rest: Block } {
  const settings = new Map(block.settings);
  const rows = [...block.settings].flatMap(([name, setting]) => {
    const refused = attempt(`${what}: ${name}`, () => treat({ ...block, settings: new Map([[name, setting]]) }, what, table, new Notices()));
    if (refused.length === 0) return [rowOf(setting.at, `${what}: ${name}`, table[name]!)];
    settings.delete(name);
    return refused;
  });
  return { rows, rest: { ...block, settings } };
}

/** A post-processor; nothing where it is for none of the builders. */
export function explainPostProcessor(block: Block, build: Build, builders: readonly Block[], notices: Notices): Row[] {
  if (!builders.some((builder) => isFor(block, builder, build))) return [];
  const what = `post-processor ${block.type}`;
  const refused = attempt(what, () => mapPostProcessors({ ...build, postProcessors: [[block]] }, builders, notices));
  return refused.length > 0 ? refused : [rowOf(block.at, what, POST_PROCESSORS[block.type]!)];
}
