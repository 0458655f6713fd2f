import type { JsonNode, JsonObject } from './parse';
import type { JsonSettings } from './settings';
import type { Shape } from './shape';
import { NEVER_OVERRIDDEN, type Block, type Setting } from '../template/model';
import { suggestion } from '../template/nearest';

/** What every block has beside its own settings. */
const COMMON = new Set(['type', 'name', 'only', 'except', 'override']);
/** What no builder has for itself. */
const FOR_ALL = new Set([...COMMON, ...NEVER_OVERRIDDEN]);

/** A builder, with its name as it is written: Packer compares that. */
export interface JsonBuilder {
  readonly block: Block & { readonly name: string };
  readonly written: string;
}

type Builders = ReadonlyArray<JsonBuilder>;
type Overrides = Map<string, ReadonlyMap<string, Setting>>;

/** Makes blocks of the objects of a JSON template. */
export class JsonBlocks {
  public constructor(private readonly shape: Shape, private readonly settings: JsonSettings) {}

  public builders(node: JsonNode): JsonBuilder[] {
    const names = new Set<string>();
    return this.shape.list(node, '"builders"').map((item) => {
      const builder = this.builder(this.shape.object(item, 'a builder'));
      if (names.has(builder.block.name)) this.shape.file.fail(item.offset, `two builders are called "${builder.block.name}"`, 'give one of them another "name"');
      names.add(builder.block.name);
      return builder;
    });
  }

  public provisioners(node: JsonNode, builders: Builders): Block[] {
    return this.shape.list(node, '"provisioners"').map((item) => this.provisioner(item, builders));
  }

  public provisioner(node: JsonNode, builders: Builders): Block {
    return this.step(this.shape.object(node, 'a provisioner'), 'provisioner', builders);
  }

  /** Each item a chain: a name, an object, or a list of these. */
  public postProcessors(node: JsonNode, builders: Builders): Block[][] {
    return this.shape.list(node, '"post-processors"').map((item) => {
      const chain = item.kind === 'list' ? item.items : [item];
      return chain.map((step) => this.postProcessor(step, builders));
    });
  }

  private postProcessor(node: JsonNode, builders: Builders): Block {
    if (node.kind === 'scalar' && typeof node.value === 'string') {
      return { type: node.value, at: this.shape.file.position(node.offset), settings: new Map() };
    }
    if (node.kind !== 'object') this.shape.file.fail(node.offset, 'this is not a post-processor', 'write a name, an object, or one list of these');
    return this.step(this.shape.object(node, 'a post-processor'), 'post-processor', builders);
  }

  private builder(object: JsonObject): JsonBuilder {
    const type = this.type(object, 'builder');
    const member = this.shape.member(object, 'name');
    const written = member ? this.shape.text(member.value, '"name"') : type;
    const name = member ? this.name(member.value) : type;
    const at = this.shape.file.position(object.offset);
    return { written, block: { type, name, at, settings: this.settings.of({ name, type }).map(object, COMMON) } };
  }

  /** What depends on the builder is read for each of them. */
  private step(object: JsonObject, what: string, builders: Builders): Block {
    const name = this.shape.member(object, 'name');
    this.settings.touched = false;
    const settings = this.settings.of(builders.length === 1 ? builders[0]!.block : undefined).map(object, COMMON);
    const each = this.settings.touched && builders.length > 1 ? builders : [];
    const own = each.map(({ block }) => [block.name, this.settings.of(block).map(object, FOR_ALL)] as const);
    const overrides = this.overrides(object, builders, new Map(own));
    return {
      type: this.type(object, what),
      at: this.shape.file.position(object.offset),
      settings,
      ...(name ? { name: this.name(name.value) } : {}),
      ...this.filter(object, 'only', builders),
      ...this.filter(object, 'except', builders),
      ...(overrides.size > 0 ? { overrides } : {}),
    };
  }

  private type(object: JsonObject, what: string): string {
    const type = this.shape.member(object, 'type') ?? this.shape.file.fail(object.offset, `the ${what} has no "type"`, 'say what it is: "type": "…"');
    return this.shape.text(type.value, '"type"');
  }

  private name(node: JsonNode): string {
    const written = this.shape.text(node, '"name"');
    const name = this.settings.text(written, node.offset);
    return typeof name === 'string' ? name : this.shape.file.fail(node.offset, 'a name cannot depend on the build or on a secret', 'write a fixed name');
  }

  private filter(object: JsonObject, key: 'only' | 'except', builders: Builders): { [name in 'only' | 'except']?: string[] } {
    const member = this.shape.member(object, key);
    const nodes = member ? this.shape.listOrOne(member.value, `"${key}"`) : [];
    if (nodes.length === 0) return {};
    const other = this.shape.member(object, 'only');
    if (other && key === 'except' && this.shape.listOrOne(other.value, '"only"').length > 0) this.shape.file.fail(member!.offset, '"only" and "except" stand together', 'keep one of them');
    return { [key]: nodes.map((node) => this.builderName(this.shape.text(node, `an item of "${key}"`), node.offset, builders)) };
  }

  private overrides(object: JsonObject, builders: Builders, own: Overrides): Overrides {
    const overrides = new Map(own);
    const member = this.shape.member(object, 'override');
    for (const { name, offset, value } of member ? this.shape.object(member.value, '"override"').members : []) {
      const builder = this.builderName(name, offset, builders);
      const foreign = this.shape.object(value, 'an override').members.find((each) => NEVER_OVERRIDDEN.includes(each.name));
      if (foreign) this.shape.file.fail(foreign.offset, `an override has "${foreign.name}", which Packer refuses`, 'write a provisioner for each builder, with "only"');
      overrides.set(builder, new Map([...overrides.get(builder) ?? [], ...this.settings.map(this.shape.object(value, 'an override'))]));
    }
    return overrides;
  }

  private builderName(written: string, offset: number, builders: Builders): string {
    const found = builders.find((builder) => builder.written === written);
    return found?.block.name ?? this.shape.file.fail(offset, `no builder is called "${written}"`, suggestion(written, builders.map((builder) => builder.written)));
  }
}
