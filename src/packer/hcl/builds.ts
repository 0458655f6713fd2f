import type { HclBlock } from './ast';
import { Attributes, labels, refuseOthers } from './attributes';
import type { Evaluator } from './evaluate';
import { Scope } from './scope';
import type { HclSettings } from './settings';
import { merged, type HclSources } from './sources';
import type { HclSteps } from './steps';
import { Namespace, type Value } from './value';
import { Late } from '../template/late';
import type { Block, Build } from '../template/model';

const BLOCKS = ['source', 'provisioner', 'post-processor', 'post-processors', 'error-cleanup-provisioner'];

/** Reads the `build` blocks. */
export class HclBuilds {
  public constructor(
    private readonly evaluator: Evaluator,
    private readonly settings: HclSettings,
    private readonly sources: HclSources,
    private readonly steps: HclSteps,
    private readonly globals: Scope,
  ) {}

  public build(block: HclBlock): Build {
    labels(block, 0, 'build { … }');
    for (const { type, place } of block.body.blocks) {
      if (type === 'hcp_packer_registry') place.fail('the registry of HCP Packer is not served', 'remove it: channels and versions of images do the same');
    }
    refuseOthers(block, ['name', 'description', 'sources'], BLOCKS);
    const name = new Attributes(this.evaluator, this.globals, block.body).text('name');
    const scope = buildScope(this.globals, name ?? '');
    const builders = this.builders(block, scope);
    const read = (kind: string) => block.body.blocks.filter(({ type }) => type === kind).map((step) => this.steps.step(step, scope, builders));
    const cleanup = read('error-cleanup-provisioner');
    if (cleanup.length > 1) block.place.fail('a build has two error-cleanup-provisioners', 'keep one of them');
    return {
      ...(name === undefined ? {} : { name }),
      at: block.place.position,
      builders,
      provisioners: read('provisioner'),
      postProcessors: this.chains(block, scope, builders),
      ...(cleanup[0] ? { errorCleanup: cleanup[0] } : {}),
    };
  }

  private builders(block: HclBlock, scope: Scope): Block[] {
    const builders = [...this.listed(block, scope), ...block.body.blocks.filter(({ type }) => type === 'source').map((source) => this.inBuild(source, scope))];
    if (builders.length === 0) block.place.fail('the build has no source', 'write sources = ["source.amazon-ebs.name"]');
    const names = new Set<string>();
    for (const { name } of builders) {
      if (names.has(name!)) block.place.fail(`the build has two builders "${name}"`, 'give one of them a name = "…"');
      names.add(name!);
    }
    return builders;
  }

  private listed(block: HclBlock, scope: Scope): Block[] {
    const attribute = block.body.attributes.get('sources');
    const references = new Attributes(this.evaluator, scope, block.body).texts('sources') ?? [];
    return references.map((reference) => {
      const { type, name, block: source } = this.sources.find(reference, attribute!.value.place);
      return { type, name: `${type}.${name}`, at: source.place.position, settings: this.settings.settings(source.body, scope) };
    });
  }

  /** A source with settings of this build; `name` renames it here. */
  private inBuild(block: HclBlock, scope: Scope): Block {
    const [reference] = labels(block, 1, 'source "amazon-ebs.name" { … }');
    const source = this.sources.find(reference!, block.place);
    const name = new Attributes(this.evaluator, scope, block.body).text('name') ?? source.name;
    return {
      type: source.type,
      name: `${source.type}.${name}`,
      at: block.place.position,
      settings: this.settings.settings(merged(source, block), scope, new Set(['name'])),
    };
  }

  private chains(block: HclBlock, scope: Scope, builders: ReadonlyArray<Block>): Block[][] {
    return block.body.blocks.flatMap((item): Block[][] => {
      if (item.type === 'post-processor') return [[this.steps.step(item, scope, builders)]];
      if (item.type !== 'post-processors') return [];
      labels(item, 0, 'post-processors { … }');
      refuseOthers(item, [], ['post-processor']);
      return [item.body.blocks.map((step) => this.steps.step(step, scope, builders))];
    });
  }
}

/** What is known of the build only: `source.name`, `build.ID`; the name of the build is known. */
function buildScope(globals: Scope, buildName: string): Scope {
  const late = (call: string): Value => new Late([{ call }]);
  const build = new Namespace((name) => (name === 'name' ? buildName : late(`build.${name}`)));
  // Beside the source of the build, `source.type.name` stands for a source in lists.
  const source = new Namespace((name) =>
    (name === 'name' || name === 'type' ? late(`source.${name}`) : new Namespace((second) => `source.${name}.${second}`)));
  return globals.with([['build', build], ['source', source]]);
}
