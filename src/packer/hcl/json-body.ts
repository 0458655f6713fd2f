import type { Attribute, Body, Expression, HclBlock } from './ast';
import { Cursor } from './cursor';
import { expressionOf } from './json-expression';
import { parseWholeExpression } from './parse-body';
import { parseTemplateFile } from './parse-template';
import { Place } from './place';
import { offsetInString, parseJson, type JsonMember, type JsonNode, type JsonObject } from '../json/parse';
import { Shape } from '../json/shape';
import { SourceFile } from '../template/source-file';

/** The blocks that a body may hold: how many labels they have, and the blocks in them. Everything else is an attribute. */
interface Schema {
  readonly labels: number;
  readonly blocks?: Readonly<Record<string, Schema>>;
}

const STEP: Schema = { labels: 1 };
const BUILD: Readonly<Record<string, Schema>> = {
  'source': STEP,
  'provisioner': STEP,
  'error-cleanup-provisioner': STEP,
  'post-processor': STEP,
  'post-processors': { labels: 0, blocks: { 'post-processor': STEP } },
  'hcp_packer_registry': { labels: 0 },
};
const TEMPLATE: Readonly<Record<string, Schema>> = {
  packer: { labels: 0, blocks: { required_plugins: { labels: 0 } } },
  variable: { labels: 1, blocks: { validation: { labels: 0 } } },
  variables: { labels: 0 },
  locals: { labels: 0 },
  local: { labels: 1 },
  source: { labels: 2 },
  data: { labels: 2 },
  build: { labels: 0, blocks: BUILD },
  communicator: { labels: 2 },
};

/** Reads HCL2 in the syntax of JSON: names that are blocks hold one object, or a list of them, for each label an object around. */
export function parseJsonBody(file: SourceFile): Body {
  return new JsonBody(file).body(new Shape(file).object(parseJson(file), 'the template'), TEMPLATE);
}

class JsonBody {
  private readonly shape: Shape;

  public constructor(private readonly file: SourceFile) {
    this.shape = new Shape(file);
  }

  public body(object: JsonObject, blocks: Readonly<Record<string, Schema>>): Body {
    const members = written(object);
    const attributes = members.filter(({ name }) => !Object.hasOwn(blocks, name));
    return {
      attributes: new Map(attributes.map((member) => [member.name, this.attribute(member)])),
      blocks: members.filter(({ name }) => Object.hasOwn(blocks, name)).flatMap(({ name, value }) => this.blocks(name, [], value, blocks[name]!)),
    };
  }

  private blocks(type: string, labels: ReadonlyArray<string>, node: JsonNode, schema: Schema): HclBlock[] {
    if (node.kind === 'list') return node.items.flatMap((item) => this.blocks(type, labels, item, schema));
    const object = this.shape.object(node, `"${type}"`);
    if (labels.length < schema.labels) return written(object).flatMap(({ name, value }) => this.blocks(type, [...labels, name], value, schema));
    return [{ type, labels, place: new Place(this.file, node.offset), body: this.body(object, schema.blocks ?? {}) }];
  }

  private attribute({ name, offset, value }: JsonMember): Attribute {
    const type = name === 'type' && value.kind === 'scalar' && typeof value.value === 'string';
    // A type is written as a text, and is no template.
    const expression = type
      ? parseWholeExpression(new TextOfJson(this.file, value.offset, value.value))
      : expressionOf(this.file, value, this.template);
    return { name, place: new Place(this.file, offset), value: expression };
  }

  /** A text is a template: `${…}`. */
  private readonly template = (text: string, offset: number): Expression => parseTemplateFile(new Cursor(new TextOfJson(this.file, offset, text)));
}

/** The members of an object; one that is called "//" is a comment. */
const written = ({ members }: JsonObject): JsonMember[] => members.filter(({ name }) => name !== '//');

/** The text of a string of JSON, whose places are those in the file. */
class TextOfJson extends SourceFile {
  public constructor(private readonly outer: SourceFile, private readonly start: number, text: string) {
    super(outer.path, text);
  }

  public override position(offset: number): ReturnType<SourceFile['position']> {
    return this.outer.position(offsetInString(this.outer, this.start, offset));
  }
}
