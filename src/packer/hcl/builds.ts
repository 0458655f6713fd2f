import type { HclBlock } from './ast';
import { Attributes, labels, refuseOthers } from './attributes';
import { BUILD_BLOCKS } from './blocks';
import { BuildScope } from './build-scope';
import { expanded, typeMade, type ScopedBlock } from './dynamic';
import type { Evaluator } from './evaluate';
import type { Scope } from './scope';
import type { HclSettings } from './settings';
import { merged, type HclSources } from './sources';
import type { HclSteps } from './steps';
import type { Block, Build } from '../template/model';
import type { Notices } from '../template/notices';

const HCP = 'the registry of HCP Packer is not taken over: the registry of images does the same; remove "hcp_packer_registry"';

/** Reads the `build` blocks. */
export class HclBuilds {
  public constructor(
    private readonly evaluator: Evaluator,
    private readonly settings: HclSettings,
    private readonly sources: HclSources,
    private readonly steps: HclSteps,
    private readonly globals: Scope,
    private readonly notices: Notices,
  ) {}

  public build(block: HclBlock): Build {
    labels(block, 0, 'build { … }');
    refuseOthers({ ...block, body: { ...block.body, blocks: block.body.blocks.map(withTypeMade) } }, ['name', 'description', 'sources'], Object.keys(BUILD_BLOCKS));
    const name = new Attributes(this.evaluator, this.globals, block.body).fixedText('name');
    const scope = new BuildScope(this.globals, name ?? '');
    const blocks = expanded(block.body, scope.of(), this.evaluator);
    for (const { block: { type, place } } of blocks) if (type === 'hcp_packer_registry') this.notices.warn(place.position, HCP);
    const builders = this.builders(block, blocks, scope);
    const read = (kind: string) => blocks.filter((each) => each.block.type === kind).map((each) => this.steps.step(each, scope, builders));
    const cleanup = read('error-cleanup-provisioner');
    if (cleanup.length > 1) block.place.fail('a build has two error-cleanup-provisioners', 'keep one of them');
    return {
      ...(name === undefined ? {} : { name }),
      at: block.place.position,
      builders,
      provisioners: read('provisioner'),
      postProcessors: this.chains(blocks, scope, builders),
      ...(cleanup[0] ? { errorCleanup: cleanup[0] } : {}),
    };
  }

  private builders(block: HclBlock, blocks: ReadonlyArray<ScopedBlock>, scope: BuildScope): Block[] {
    const own = blocks.filter((each) => each.block.type === 'source');
    const builders = [...this.listed(block, scope), ...own.map((each) => this.inBuild(each, scope))];
    if (builders.length === 0) block.place.fail('the build has no source', 'write sources = ["source.amazon-ebs.name"]');
    const names = new Set<string>();
    for (const { name } of builders) {
      if (names.has(name!)) block.place.fail(`the build has two builders "${name}"`, 'give one of them a name = "…"');
      names.add(name!);
    }
    return builders;
  }

  private listed(block: HclBlock, scope: BuildScope): Block[] {
    const attribute = block.body.attributes.get('sources');
    const references = new Attributes(this.evaluator, scope.of(), block.body).texts('sources') ?? [];
    return references.map((reference) => {
      const { type, name, block: source } = this.sources.find(reference, attribute!.value.place);
      const builder = { type, name: `${type}.${name}`, at: source.place.position };
      return { ...builder, settings: this.settings.settings(source.body, scope.of(builder)) };
    });
  }

  /** A source with settings of this build; `name` renames it here. */
  private inBuild({ block, names }: ScopedBlock, scope: BuildScope): Block {
    const [reference] = labels(block, 1, 'source "amazon-ebs.name" { … }');
    const source = this.sources.find(reference!, block.place);
    const name = new Attributes(this.evaluator, scope.of().with(names), block.body).text('name') ?? source.name;
    const builder = { type: source.type, name: `${source.type}.${name}`, at: block.place.position };
    return { ...builder, settings: this.settings.settings(merged(source, block), scope.of(builder).with(names), new Set(['name'])) };
  }

  private chains(blocks: ReadonlyArray<ScopedBlock>, scope: BuildScope, builders: ReadonlyArray<Block>): Block[][] {
    return blocks.flatMap(({ block, names }): Block[][] => {
      if (block.type === 'post-processor') return [[this.steps.step({ block, names }, scope, builders)]];
      if (block.type !== 'post-processors') return [];
      labels(block, 0, 'post-processors { … }');
      const steps = expanded(block.body, scope.of().with(names), this.evaluator).map((each) => ({ ...each, names: [...names, ...each.names] }));
      refuseOthers({ ...block, body: { ...block.body, blocks: steps.map((each) => each.block) } }, [], ['post-processor']);
      return [steps.map((each) => this.steps.step(each, scope, builders))];
    });
  }
}

/** A `dynamic` is judged by the blocks that it makes. */
function withTypeMade(block: HclBlock): HclBlock {
  return block.type === 'dynamic' ? { ...block, type: typeMade(block) } : block;
}
