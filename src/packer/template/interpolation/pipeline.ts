/** An operand of a Go template's action. */
export type Operand = { readonly offset: number } & (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
);

/** Commands, each handing its result to the next; a command is a function with its arguments, or a single value. */
export type Pipeline = ReadonlyArray<ReadonlyArray<Operand>>;

export class ActionError extends Error {
  public constructor(public readonly offset: number, public readonly what: string, public readonly fix: string) {
    super(what);
  }
}

/** What belongs to a provisioner's own data: `.Vars`, `$x := …`, `if`. */
export const FIELD = Symbol('field');

const TOKEN = /\s*(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>-?[0-9]+(?:\.[0-9]+)?)|`(?<raw>[^`]*)`|(?<quoted>"(?:[^"\\\n]|\\[^\n])*")|(?<mark>[|()])|(?<field>\.[A-Za-z_.]*|\$))/y;
const CONTROL = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'break', 'continue']);

/** Parses the inside of an action; FIELD where it speaks of what only a provisioner knows. */
export function parsePipeline(source: string): Pipeline | typeof FIELD {
  const tokens = tokenise(source);
  const control = tokens.find((token) => token.name !== undefined && CONTROL.has(token.name));
  if (tokens.some((token) => token.field !== undefined)) return FIELD;
  if (control) {
    throw new ActionError(control.offset, `"{{${control.name}}}" is not evaluated`, 'write the result, or decide in the script');
  }
  const reader = new PipelineReader(tokens, source.length);
  return reader.read();
}

interface Token {
  readonly offset: number;
  readonly name?: string;
  readonly value?: string | number;
  readonly mark?: string;
  readonly field?: string;
}

function tokenise(padded: string): Token[] {
  const source = padded.trimEnd();
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < source.length) {
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(source);
    if (!match) throw new ActionError(offset, 'this part of the template action is not understood', 'write {{ function `argument` }}');
    const groups = match.groups!;
    const start = offset + match[0].length - match[0].trimStart().length;
    offset = TOKEN.lastIndex;
    if (groups.name !== undefined) tokens.push({ offset: start, name: groups.name });
    else if (groups.number !== undefined) tokens.push({ offset: start, value: Number(groups.number) });
    else if (groups.raw !== undefined) tokens.push({ offset: start, value: groups.raw });
    else if (groups.quoted !== undefined) tokens.push({ offset: start, value: unquoted(groups.quoted, start) });
    else if (groups.mark !== undefined) tokens.push({ offset: start, mark: groups.mark });
    else tokens.push({ offset: start, field: groups.field });
  }
  return tokens;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** A string of Go. */
function unquoted(quoted: string, offset: number): string {
  return quoted.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/gs, (_, escape: string) => {
    if (escape.length > 1) return String.fromCharCode(parseInt(escape.slice(1), 16));
    if (escape === '"' || escape === '\\') return escape;
    const value = ESCAPES[escape];
    if (value === undefined) throw new ActionError(offset, `"\\${escape}" is not an escape of a string`, 'write \\\\ for a backslash, or use backquotes');
    return value;
  });
}

class PipelineReader {
  private index = 0;
  private depth = 0;

  public constructor(private readonly tokens: ReadonlyArray<Token>, private readonly end: number) {}

  public read(): Pipeline {
    const pipeline = this.pipeline();
    const rest = this.tokens[this.index];
    if (rest) throw new ActionError(rest.offset, 'a parenthesis is closed that was not opened', 'remove it');
    return pipeline;
  }

  private pipeline(): Pipeline {
    const commands: Operand[][] = [[]];
    for (let token = this.tokens[this.index]; token && token.mark !== ')'; token = this.tokens[this.index]) {
      this.index += 1;
      if (token.mark === '|') commands.push([]);
      else commands[commands.length - 1]!.push(this.operand(token));
    }
    if (commands.some((command) => command.length === 0)) {
      throw new ActionError(this.tokens[this.index]?.offset ?? this.end, 'a function is missing', 'write {{ function `argument` }}');
    }
    return commands;
  }

  private operand(token: Token): Operand {
    const { offset } = token;
    if (token.mark === '(') return { kind: 'pipeline', offset, pipeline: this.parenthesised(offset) };
    if (token.name === 'true' || token.name === 'false') return { kind: 'value', offset, value: token.name === 'true' };
    return token.name === undefined ? { kind: 'value', offset, value: token.value! } : { kind: 'name', offset, name: token.name };
  }

  private parenthesised(offset: number): Pipeline {
    this.depth += 1;
    if (this.depth > 20) throw new ActionError(offset, 'more than 20 parentheses are nested', 'use variables');
    const pipeline = this.pipeline();
    if (this.tokens[this.index]?.mark !== ')') throw new ActionError(offset, 'a parenthesis is not closed', 'close it');
    this.index += 1;
    this.depth -= 1;
    return pipeline;
  }
}
