import type { JsonMember, JsonNode, JsonObject } from './parse';
import type { SourceFile } from '../template/source-file';

/** Reads typed values out of JSON, and says where something else stands. */
export class Shape {
  public constructor(public readonly file: SourceFile) {}

  public object(node: JsonNode, what: string): JsonObject {
    return node.kind === 'object' ? node : this.file.fail(node.offset, `${what} is not an object`, 'write { … }');
  }

  public list(node: JsonNode, what: string): ReadonlyArray<JsonNode> {
    return node.kind === 'list' ? node.items : this.file.fail(node.offset, `${what} is not a list`, 'write [ … ]');
  }

  /** A list; one text is a list of one. */
  public listOrOne(node: JsonNode, what: string): ReadonlyArray<JsonNode> {
    return node.kind === 'scalar' && typeof node.value === 'string' ? [node] : this.list(node, what);
  }

  public text(node: JsonNode, what: string): string {
    return node.kind === 'scalar' && typeof node.value === 'string'
      ? node.value
      : this.file.fail(node.offset, `${what} is not a string`, 'write it in double quotes');
  }

  /** Variables are strings; numbers and booleans become some, and null is an empty one. */
  public scalarText(node: JsonNode, what: string): string {
    if (node.kind !== 'scalar') return this.file.fail(node.offset, `${what} is not a string`, 'variables of JSON templates are strings: join lists by commas');
    return String(node.value ?? '');
  }

  public texts(node: JsonNode, what: string): string[] {
    return this.list(node, what).map((item) => this.text(item, `an item of ${what}`));
  }

  public member(object: JsonObject, name: string): JsonMember | undefined {
    return object.members.find((member) => member.name === name);
  }
}
