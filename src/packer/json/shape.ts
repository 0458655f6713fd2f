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

  public text(node: JsonNode, what: string): string {
    return node.kind === 'scalar' && typeof node.value === 'string'
      ? node.value
      : this.file.fail(node.offset, `${what} is not a string`, 'write it in double quotes');
  }

  public texts(node: JsonNode, what: string): string[] {
    return this.list(node, what).map((item) => this.text(item, `an item of ${what}`));
  }

  public member(object: JsonObject, name: string): JsonMember | undefined {
    return object.members.find((member) => member.name === name);
  }
}
