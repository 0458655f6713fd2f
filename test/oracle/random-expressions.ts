import { POOLS, SIGNATURES, type Kind } from './random-words';

type Random = () => number;
/** An expression; `free` where it holds a name that only its surroundings know. */
interface Made {
  readonly text: string;
  readonly free: boolean;
}

/** So often the kind is another one than wanted: what is refused has to be refused by both. */
const WRONG = 0.04;

/** Makes expressions of HCL2 of which most can be evaluated. */
export class RandomExpressions {
  /** Each closed expression within those that were made, to find the least one that differs. */
  public parts: string[] = [];
  private readonly names: Array<readonly [string, Kind]> = [];
  private count = 0;

  public constructor(private readonly random: Random) {}

  public next(): string {
    this.parts = [];
    for (;;) {
      const { text } = this.make(this.pick(['s', 's', 's', 'n', 'b', 'l', 'm', 'a'] as Kind[]), 4);
      if (text.length < 600) return text;
    }
  }

  private pick<T>(items: ReadonlyArray<T>): T {
    return items[Math.floor(this.random() * items.length)]!;
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private make(wanted: Kind, depth: number): Made {
    const kind = this.chance(WRONG) ? this.pick(['s', 'n', 'b', 'l', 'm', 'a'] as Kind[]) : wanted;
    const named = this.names.filter(([, has]) => has === kind || kind === 'a');
    if (named.length > 0 && this.chance(0.45)) return { text: this.pick(named)[0], free: true };
    const made = depth <= 0 || this.chance(0.25) ? this.word(kind) : this.compound(kind, depth - 1);
    if (!made.free) this.parts.push(made.text);
    return made;
  }

  private word(kind: Kind): Made {
    return { text: this.pick(POOLS[kind]), free: false };
  }

  private compound(kind: Kind, depth: number): Made {
    const call = (): Made => this.call(kind, depth);
    const ways: Array<() => Made> = [call, call, () => this.condition(kind, depth), () => this.access(kind, depth)];
    if (kind === 's') ways.push(() => this.template(depth), () => this.template(depth));
    if (kind === 'n') ways.push(() => this.written('({n} + {n})', depth), () => this.written('({n} * {n})', depth), () => this.written(this.pick(['({n} - {n})', '({n} / {n})', '({n} % {i})', '-{n}']), depth));
    if (kind === 'b') ways.push(() => this.written(this.pick(['({a} == {a})', '({s} == {s})', '({n} < {n})', '({n} >= {n})', '({b} && {b})', '({b} || {b})', '!{b}', '({l} != {l})']), depth));
    if (kind === 'l' || kind === 'ls' || kind === 'ln') ways.push(() => this.list(kind, depth), () => this.loop(kind, depth), () => this.loop(kind, depth));
    if (kind === 'm') ways.push(() => this.object(depth), () => this.object(depth), () => this.mapLoop(depth));
    if (kind === 'a') return this.make(this.pick(['s', 'n', 'b', 'l', 'm', 'ls'] as Kind[]), depth);
    return this.pick(ways)();
  }

  /** A pattern in which {kind} stands for an expression. */
  private written(pattern: string, depth: number): Made {
    let free = false;
    const text = pattern.replace(/\{(\w+)\}/g, (_, kind: Kind) => {
      const made = this.make(kind, depth);
      free ||= made.free;
      return made.text;
    });
    return { text, free };
  }

  private call(kind: Kind, depth: number): Made {
    const fitting = SIGNATURES.filter(({ result }) => result === kind || (kind === 'l' && (result === 'ls' || result === 'ln')));
    if (fitting.length === 0) return this.word(kind);
    const { name, args } = this.pick(fitting);
    const given = args.flatMap((arg) => {
      const many = arg.endsWith('+') ? 1 + Math.floor(this.random() * 3) : arg.endsWith('*') ? Math.floor(this.random() * 3) : 1;
      return Array.from({ length: many }, () => `{${arg.replace(/[+*]$/, '')}}`);
    });
    return this.written(`${name}(${given.join(', ')})`, depth);
  }

  private condition(kind: Kind, depth: number): Made {
    return this.written(this.chance(0.3) ? `({b} ? {${kind}} : {a})` : this.chance(0.2) ? `({b} ? null : {${kind}})` : `({b} ? {${kind}} : {${kind}})`, depth);
  }

  private access(kind: Kind, depth: number): Made {
    const wanted = `{${kind}}`;
    return this.written(this.pick([
      `[{a}, ${wanted}][1]`, `{ x = ${wanted}, y = {a} }.x`, `try({a}, ${wanted})`, '{l}[0]', '{m}["a"]', '{m}.a', '{l}[{i}]', `element([${wanted}, ${wanted}], {i})`,
      `lookup({ k = ${wanted} }, {s}, ${wanted})`,
    ]), depth);
  }

  private list(kind: Kind, depth: number): Made {
    const item = kind === 'ls' ? 's' : kind === 'ln' ? 'n' : this.pick(['s', 'n', 'a', 'l', 'm']);
    const items = Array.from({ length: Math.floor(this.random() * 4) }, () => `{${item}}`);
    return this.chance(0.1) ? this.written(this.pick(['{l}[*]', '[{m}, {m}][*].a', '{l}.*.a', '[{ a = {a} }, { a = {a} }][*].a', '[[{s}], [{n}]][*][0]', '{a}[*]']), depth) : this.written(`[${items.join(', ')}]`, depth);
  }

  private object(depth: number): Made {
    const keys = ['a', 'b', '"c d"', '(X)', '"${X}"', 'k1'];
    let text = '{ ';
    let free = false;
    for (let index = Math.floor(this.random() * 4); index > 0; index--) {
      const [key, value] = [this.make('s', depth - 1), this.make('a', depth)];
      const chosen = this.pick(keys);
      free ||= value.free || (chosen.includes('X') && key.free);
      text += `${chosen.replace('X', () => key.text)} = ${value.text}${index > 1 ? ', ' : ''}`;
    }
    return { text: `${text} }`, free };
  }

  /** What stands within a loop, where its names are known. */
  private within(names: Array<readonly [string, Kind]>, make: () => string): string {
    this.names.push(...names);
    try {
      return make();
    } finally {
      this.names.length -= names.length;
    }
  }

  /** A loop is taken as free where anything in it may be: names of loops around it. */
  private loop(kind: Kind, depth: number): Made {
    const over = this.make(this.pick(['l', 'ls', 'ls', 'm']), depth);
    const [key, value] = [`k${++this.count}`, `v${this.count}`];
    const item: Kind = kind === 'ls' ? 's' : kind === 'ln' ? 'n' : 'a';
    const outer = this.names.length > 0;
    const text = this.within([[key, 's'], [value, this.pick(['s', 'a'] as Kind[])]], () => {
      const condition = this.chance(0.3) ? ` if ${this.make('b', depth).text}` : '';
      return `[for ${this.chance(0.6) ? `${key}, ${value}` : value} in ${over.text} : ${this.make(item, depth).text}${condition}]`;
    });
    return { text, free: outer };
  }

  private mapLoop(depth: number): Made {
    const over = this.make(this.pick(['l', 'm', 'm']), depth);
    const [key, value] = [`k${++this.count}`, `v${this.count}`];
    const outer = this.names.length > 0;
    const text = this.within([[key, 's'], [value, 'a']], () => {
      const grouped = this.chance(0.2) ? '...' : '';
      const condition = this.chance(0.3) ? ` if ${this.make('b', depth).text}` : '';
      return `{ for ${key}, ${value} in ${over.text} : ${this.make('s', depth).text} => ${this.make('a', depth).text}${grouped}${condition} }`;
    });
    return { text, free: outer };
  }

  private template(depth: number): Made {
    const heredoc = this.chance(0.25);
    const free = this.names.length > 0;
    const pieces = Array.from({ length: 1 + Math.floor(this.random() * 4) }, () => this.piece(depth, heredoc));
    if (!heredoc) return { text: `"${pieces.join('')}"`, free };
    const dash = this.pick(['', '-']);
    const body = `${dash ? this.pick(['', '  ', '    ', '\t']) : ''}${pieces.join('')}`.replace(/\n(?!$)/g, dash ? `\n${this.pick(['  ', '    ', ''])}` : '\n');
    // The end of a heredoc within parentheses: the line break after it means nothing.
    return { text: `(<<${dash}EOT\n${body}\n${dash ? '  ' : ''}EOT\n)`, free };
  }

  private strip(): [string, string] {
    return [this.chance(0.25) ? '~' : '', this.chance(0.25) ? '~' : ''];
  }

  private piece(depth: number, heredoc: boolean): string {
    const [before, after] = this.strip();
    const [start, end] = this.strip();
    const plain = (): string => this.pick(heredoc ? POOLS.plain.map((text) => text.replaceAll('\\n', '\n').replace(/\\(["\\t])/g, '$1')) : POOLS.plain);
    const choice = this.random();
    if (choice < 0.35 || depth <= 0) return plain();
    // A heredoc within another one would end at the wrong line.
    const make = (kind: Kind): string => {
      const { text } = this.make(kind, depth - 1);
      return text.includes('\n') ? '"x"' : text;
    };
    if (choice < 0.65) return `\${${before}${before && ' '}${make(this.pick(['s', 's', 'n', 'b', 'a']))}${after && ' '}${after}}`;
    if (choice < 0.82) return `%{${before} if ${make('b')} ${after}}${plain()}${this.chance(0.5) ? `%{${start} else ${end}}${plain()}` : ''}%{${end} endif ${start}}`;
    const [key, value] = [`k${++this.count}`, `v${this.count}`];
    const over = make(this.pick(['l', 'ls', 'm']));
    const inner = this.within([[key, 's'], [value, 's']], () => `${plain()}\${${make('s')}}${plain()}`);
    return `%{${before} for ${this.chance(0.5) ? `${key}, ` : ''}${value} in ${over} ${after}}${inner}%{${start} endfor ${end}}`;
  }
}
