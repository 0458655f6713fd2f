import type { JsonNode, JsonObject } from './parse';
import type { JsonSettings } from './settings';
import type { Shape } from './shape';
import type { Block, Setting } from '../template/model';
import { suggestion } from '../template/nearest';

/** What every block has beside its own settings. */
const COMMON = new Set(['type', 'name', 'only', 'except', 'override']);

/** Makes blocks of the objects of a JSON template. */
export class JsonBlocks {
  public constructor(private readonly shape: Shape, private readonly settings: JsonSettings) {}

  public builders(node: JsonNode): Block[] {
    const names = new Map<string, number>();
    return this.shape.list(node, '"builders"').map((item) => {
      const block = this.block(this.shape.object(item, 'a builder'), 'builder', []);
      const name = block.name ?? block.type;
      if (names.has(name)) this.shape.file.fail(item.offset, `two builders are called "${name}"`, 'give one of them another "name"');
      names.set(name, item.offset);
      return { ...block, name };
    });
  }

  public provisioners(node: JsonNode, builders: ReadonlyArray<string>): Block[] {
    return this.shape.list(node, '"provisioners"').map((item) => this.provisioner(item, builders));
  }

  public provisioner(node: JsonNode, builders: ReadonlyArray<string>): Block {
    return this.block(this.shape.object(node, 'a provisioner'), 'provisioner', builders);
  }

  /** Each item a chain: a name, an object, or a list of these. */
  public postProcessors(node: JsonNode, builders: ReadonlyArray<string>): Block[][] {
    return this.shape.list(node, '"post-processors"').map((item) => {
      const chain = item.kind === 'list' ? item.items : [item];
      return chain.map((step) => this.postProcessor(step, builders));
    });
  }

  private postProcessor(node: JsonNode, builders: ReadonlyArray<string>): Block {
    if (node.kind === 'scalar' && typeof node.value === 'string') {
      return { type: node.value, at: this.shape.file.position(node.offset), settings: new Map() };
    }
    if (node.kind !== 'object') this.shape.file.fail(node.offset, 'this is not a post-processor', 'write a name, an object, or one list of these');
    return this.block(this.shape.object(node, 'a post-processor'), 'post-processor', builders);
  }

  private block(object: JsonObject, what: string, builders: ReadonlyArray<string>): Block {
    const type = this.shape.member(object, 'type');
    if (!type) return this.shape.file.fail(object.offset, `the ${what} has no "type"`, 'say what it is: "type": "…"');
    const name = this.shape.member(object, 'name');
    const override = this.shape.member(object, 'override');
    return {
      type: this.shape.text(type.value, '"type"'),
      at: this.shape.file.position(object.offset),
      settings: this.settings.map(object, COMMON),
      ...(name ? { name: this.name(name.value) } : {}),
      ...this.filter(object, 'only', builders),
      ...this.filter(object, 'except', builders),
      ...(override ? { overrides: this.overrides(this.shape.object(override.value, '"override"'), builders) } : {}),
    };
  }

  private name(node: JsonNode): string {
    const written = this.shape.text(node, '"name"');
    const name = this.settings.text(written, node.offset);
    return typeof name === 'string' ? name : this.shape.file.fail(node.offset, 'a name cannot depend on the build or on a secret', 'write a fixed name');
  }

  private filter(object: JsonObject, key: 'only' | 'except', builders: ReadonlyArray<string>): { [name in 'only' | 'except']?: string[] } {
    const member = this.shape.member(object, key);
    if (!member) return {};
    const other = this.shape.member(object, key === 'only' ? 'except' : 'only');
    if (other && key === 'except') this.shape.file.fail(member.offset, '"only" and "except" stand together', 'keep one of them');
    const nodes = this.shape.list(member.value, `"${key}"`);
    return { [key]: nodes.map((node) => this.builderName(this.shape.text(node, `an item of "${key}"`), node.offset, builders)) };
  }

  private overrides(object: JsonObject, builders: ReadonlyArray<string>): Map<string, ReadonlyMap<string, Setting>> {
    return new Map(object.members.map((member) => [
      this.builderName(member.name, member.offset, builders),
      this.settings.map(this.shape.object(member.value, 'an override')),
    ]));
  }

  private builderName(name: string, offset: number, builders: ReadonlyArray<string>): string {
    if (!builders.includes(name)) this.shape.file.fail(offset, `no builder is called "${name}"`, suggestion(name, builders));
    return name;
  }
}
