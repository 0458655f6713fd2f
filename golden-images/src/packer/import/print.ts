import type { ClassName, Code, Item } from './code';

/** How a language writes what the printers share. */
export interface Language {
  readonly self: string;
  readonly indent: string;
  /** What begins a comment. */
  readonly comment: string;
  /** Whether the options of a call are its last arguments. */
  readonly keywords: boolean;
  text(value: string): string;
  plain(value: number | boolean | null): string;
  name(camelCase: string): string;
  create(type: ClassName): string;
  path(path: string): string;
  key(name: string): string;
}

const WIDTH = 120;

/** Prints code: in one line where it fits, else one below the other. */
export class Printer {
  public constructor(private readonly language: Language) {}

  /** @param before how much of its line is taken; @param indent what lines after it begin with */
  public print(code: Code, before: number, indent: string): string {
    const short = this.short(code);
    return short !== undefined && before + short.length <= WIDTH ? short : this.long(code, indent);
  }

  public comments(comments: readonly string[], indent: string): string {
    return comments.flatMap((comment) => wrap(comment, WIDTH - indent.length - 4)).map((line) => `${indent}${this.language.comment} ${line}`.trimEnd() + '\n').join('');
  }

  /** Names of an import. */
  public names(before: string, names: readonly string[], after: string): string {
    const line = `${before} ${names.join(', ')} ${after}`;
    return line.length <= WIDTH ? line : [before, ...names.map((name) => `${this.language.indent}${name},`), after].join('\n');
  }

  /** In one line; undefined where it cannot be. */
  private short(code: Code): string | undefined {
    const parts = this.parts(code);
    if (parts === undefined) return this.atom(code);
    if (code.kind === 'list' && (code.tall === true || code.items.some(({ comments }) => comments.length > 0))) return undefined;
    const inner = parts.items.map(({ before, code: each }) => { const one = this.short(each); return one === undefined ? undefined : before + one; });
    if (inner.some((each) => each === undefined)) return undefined;
    const head = parts.head();
    if (head.includes('\n')) return undefined;
    const space = parts.open === '{' && !this.language.keywords && inner.length > 0 ? ' ' : '';
    return `${head}${parts.open}${space}${inner.join(', ')}${space}${parts.close}`;
  }

  private long(code: Code, indent: string): string {
    const parts = this.parts(code);
    if (parts === undefined) return this.atom(code);
    if (parts.items.length === 0) return `${parts.head()}${parts.open}${parts.close}`;
    const hugged = parts.open === '(' && !this.language.keywords ? this.hugging(parts, indent) : undefined;
    if (hugged !== undefined) return hugged;
    const inner = `${indent}${this.language.indent}`;
    const items = parts.items.map(({ before, comments, code: each }) =>
      `${this.comments(comments, inner)}${inner}${before}${this.print(each, inner.length + before.length, inner)},\n`);
    return `${parts.head(indent)}${parts.open}\n${items.join('')}${indent}${parts.close}`;
  }

  /** With only one of the arguments broken: `f('a', {⏎ … ⏎})`. */
  private hugging({ head, items }: Parts, indent: string): string | undefined {
    const broken = items.map(({ code }) => code).reduce((most, code) => (this.length(code) > this.length(most) ? code : most));
    if (!['list', 'options', 'map', 'call'].includes(broken.kind)) return undefined;
    const printed = items.map(({ code }) => (code === broken ? this.long(code, indent) : this.short(code)));
    if (printed.some((each) => each === undefined)) return undefined;
    const whole = `${head(indent)}(${printed.join(', ')})`;
    return whole.split('\n').every((line, index) => line.length + (index === 0 ? indent.length : 0) <= WIDTH || line.trimStart().startsWith(this.language.text('')[0]!)) ? whole : undefined;
  }

  private length(code: Code): number {
    return this.short(code)?.length ?? Infinity;
  }

  private atom(code: Code): string {
    switch (code.kind) {
      case 'text': return this.language.text(code.text);
      case 'plain': return this.language.plain(code.value);
      case 'variable': return this.language.name(code.name);
      case 'member': return `${code.type.name}.${code.name}`;
      case 'class': return code.type.name;
      case 'path': return this.language.path(code.path);
      default: return this.language.self;
    }
  }

  /** What stands between brackets, and before them; none for what has no parts. */
  private parts(code: Code): Parts | undefined {
    const { language } = this;
    switch (code.kind) {
      case 'list': return { head: () => '', open: '[', close: ']', items: code.items.map((item) => ({ ...item, before: '' })) };
      case 'map': return { head: () => '', open: '{', close: '}', items: code.entries.map(([name, value]) => part(`${language.key(name)}: `, value)) };
      case 'options': return language.keywords
        ? { head: () => code.type?.name ?? 'dict', open: '(', close: ')', items: code.entries.map(([name, value]) => part(`${language.name(name)}=`, value)) }
        : { head: () => '', open: '{', close: '}', items: code.entries.map(([name, value]) => (value.kind === 'variable' && value.name === name ? part('', value) : part(`${name}: `, value))) };
      case 'call': return { head: (indent) => `${indent === undefined ? this.short(code.on) ?? '\n' : this.print(code.on, indent.length, indent)}.${language.name(code.method)}`, open: '(', close: ')', items: this.args(code.args) };
      case 'new': return { head: () => language.create(code.type), open: '(', close: ')', items: this.args(code.args) };
      default: return undefined;
    }
  }

  private args(args: readonly Code[]): Part[] {
    const last = args[args.length - 1];
    if (!this.language.keywords || last?.kind !== 'options') return args.map((code) => part('', code));
    return [...args.slice(0, -1).map((code) => part('', code)), ...last.entries.map(([name, code]) => part(`${this.language.name(name)}=`, code))];
  }
}

interface Part extends Item {
  readonly before: string;
}

interface Parts {
  readonly open: string;
  readonly close: string;
  readonly items: Part[];
  /** In one line where there is no indent. */
  head(indent?: string): string;
}

const part = (before: string, code: Code): Part => ({ before, code, comments: [] });

/** Lines of at most so many characters; none has a line break in it. */
function wrap(comment: string, width: number): string[] {
  return comment.split(/\s+/).filter(Boolean).reduce<string[]>((lines, word) => {
    const last = lines[lines.length - 1];
    return last !== undefined && last.length + word.length < width ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
  }, []);
}
