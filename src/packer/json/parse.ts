import { DEEPEST_NESTING } from '../template/limits';
import type { SourceFile } from '../template/source-file';

/** A value of a JSON file with the offset at which it stands. */
export type JsonNode = { readonly offset: number } & (
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: ReadonlyArray<JsonNode> }
  | { readonly kind: 'object'; readonly members: ReadonlyArray<JsonMember> }
);

export interface JsonMember {
  readonly name: string;
  readonly offset: number;
  readonly value: JsonNode;
}

export type JsonObject = Extract<JsonNode, { kind: 'object' }>;

/** Reads a JSON file as Packer does: strictly, and no name twice in an object. Of data, the last of two equal names counts. */
export function parseJson(file: SourceFile, repeatedNames: 'refused' | 'last' = 'refused'): JsonNode {
  return new JsonParser(file, repeatedNames).parse();
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /[A-Za-z_]+/y;
const SPACE = /[ \t\r\n]*/y;
const WORDS = new Map<string, boolean | null>([['true', true], ['false', false], ['null', null]]);

class JsonParser {
  private offset = 0;
  private depth = 0;

  public constructor(private readonly file: SourceFile, private readonly repeatedNames: 'refused' | 'last') {}

  public parse(): JsonNode {
    const node = this.value();
    this.match(SPACE);
    if (this.offset < this.file.text.length) this.fail('text follows the end of the template', 'remove it; a template is one object');
    return node;
  }

  private value(): JsonNode {
    this.match(SPACE);
    const offset = this.offset;
    const next = this.file.text[offset];
    if (next === '{') return this.nested(() => ({ kind: 'object', offset, members: this.members() }));
    if (next === '[') return this.nested(() => ({ kind: 'list', offset, items: this.items() }));
    if (next === '"') return { kind: 'scalar', offset, value: this.string() };
    const number = this.match(NUMBER);
    return { kind: 'scalar', offset, value: number === undefined ? this.word() : Number(number) };
  }

  private nested(read: () => JsonNode): JsonNode {
    this.depth += 1;
    if (this.depth > DEEPEST_NESTING) this.fail(`more than ${DEEPEST_NESTING} levels are nested`, 'flatten the template');
    const node = read();
    this.depth -= 1;
    return node;
  }

  private members(): JsonMember[] {
    const members = new Map<string, JsonMember>();
    this.sequence('}', () => {
      const offset = this.offset;
      if (this.file.text[offset] !== '"') this.fail('a name in double quotes is missing', 'quote the names of settings; JSON knows no comments');
      const name = this.string();
      if (members.has(name) && this.repeatedNames === 'refused') this.file.fail(offset, `"${name}" stands twice in this object`, 'keep one of them');
      this.match(SPACE);
      if (this.file.text[this.offset] !== ':') this.fail(`a colon is missing after "${name}"`, 'write "name": value');
      this.offset += 1;
      members.set(name, { name, offset, value: this.value() });
    });
    return [...members.values()];
  }

  private items(): JsonNode[] {
    const items: JsonNode[] = [];
    this.sequence(']', () => items.push(this.value()));
    return items;
  }

  /** What stands between brackets, separated by commas. */
  private sequence(end: string, item: () => void): void {
    this.offset += 1;
    this.match(SPACE);
    if (this.file.text[this.offset] === end) {
      this.offset += 1;
      return;
    }
    for (;;) {
      item();
      this.match(SPACE);
      const next = this.file.text[this.offset];
      if (next !== ',' && next !== end) this.fail(`a comma or "${end}" is missing`, 'separate by commas, and close what is open');
      this.offset += 1;
      if (next === end) return;
      this.match(SPACE);
      if (this.file.text[this.offset] === end) this.fail('a comma stands before the end', 'remove it: JSON has no trailing commas');
    }
  }

  private string(): string {
    const text = this.match(STRING);
    if (text === undefined) this.fail('a string is not closed, or has an unknown escape or a line break', 'close it on its line; write \\n for a break, \\\\ for \\');
    return JSON.parse(text!) as string;
  }

  private word(): boolean | null {
    const offset = this.offset;
    const word = this.match(WORD);
    const value = WORDS.get(word ?? '');
    if (value !== undefined) return value;
    if (offset >= this.file.text.length) this.fail('the file ends too early', 'close the lists and objects that are open');
    if (this.file.text.startsWith('//', offset) || this.file.text.startsWith('/*', offset) || this.file.text[offset] === '#') {
      this.fail('JSON knows no comments', 'put the text into a top-level setting whose name begins with "_"');
    }
    return this.file.fail(offset, 'this is not a value of JSON', 'write a string in double quotes, a number, true, false, null, a list or an object');
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const match = pattern.exec(this.file.text)?.[0];
    if (match !== undefined) this.offset += match.length;
    return match;
  }

  private fail(what: string, fix: string): never {
    return this.file.fail(this.offset, what, fix);
  }
}

/** Where a character of a string stands in the file, escapes considered. */
export function offsetInString(file: SourceFile, start: number, index: number): number {
  let offset = start + 1;
  for (let count = 0; count < index; count++) {
    if (file.text[offset] !== '\\') offset += 1;
    else offset += file.text[offset + 1] === 'u' ? 6 : 2;
  }
  return offset;
}
