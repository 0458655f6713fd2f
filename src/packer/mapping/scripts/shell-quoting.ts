/** Stands in a script where a secret stands: a character that no script has, of the private use area of Unicode. */
export const MARK = '\uE000';

/** How a mark stands: as a bare word, between single quotes, or where the shell expands variables and nothing else is special. */
export type Quoting = 'bare' | 'single' | 'expanded';

/** Says why a mark cannot become a variable. */
export class UnclearQuoting extends Error {}

/** Where the shell looks for a command, or for words of a list: a value of several words would be several. */
const COMMAND = /^\s*(?:(?:if|then|elif|else|while|until|do|time|exec|!)\s+)*(?:\w+=(?:"[^"]*"|'[^']*'|[^\s"'])*\s+)*$/;
const LIST = /^\s*(?:do\s+|then\s+|else\s+)?(?:for|select)\s+\w+\s+in\s/;

/**
 * How each mark of a script of sh or bash stands, in their order, by the rules of quoting (POSIX.1-2017, Shell Command Language, 2.2 and 2.7.4).
 * Only what both shells read alike is read.
 * @throws UnclearQuoting where a mark stands where no variable can, and before a mark behind what is not read
 */
export function quotingOf(script: string): Quoting[] {
  const scan = new Scan(script);
  scan.code();
  return scan.found;
}

class Scan {
  public readonly found: Quoting[] = [];
  private at = 0;
  private command = 0;
  private awaited: { readonly end: string; readonly tabs: boolean; readonly quoted: boolean }[] = [];

  public constructor(private readonly text: string) {}

  /** Until the end, or the parenthesis that ends it. */
  public code(end?: ')'): void {
    if (end) this.unclearIf(this.awaited.length > 0, 'behind a here-document that has not begun');
    const outer = this.command;
    this.command = this.at;
    while (this.more() && this.text[this.at] !== end) this.step(end);
    this.unclearIf(end !== undefined && this.awaited.length > 0, 'behind a here-document that has not begun');
    this.at += 1;
    this.command = outer;
  }

  /** What is expanded, and in which quotes may end it. */
  public expanded(end?: '"'): void {
    while (this.more() && this.text[this.at] !== end) {
      const character = this.text[this.at]!;
      if (character === '\\') this.escaped();
      else if (character === '$') this.dollar();
      else if (character === '`') this.backquoted();
      else this.pass('expanded', character);
    }
    this.at += 1;
  }

  /** Nothing behind the last mark matters. */
  private more(): boolean {
    return this.at < this.text.length && this.text.includes(MARK, this.at);
  }

  private step(end: ')' | undefined): void {
    const rest = this.text.slice(this.at, this.at + 5);
    const nested = end !== undefined && /^case\s/.test(rest) && !/\w/.test(this.text[this.at - 1]!);
    this.unclearIf(rest.startsWith('((') || nested, 'behind what is not read: arithmetic, or "case" in parentheses');
    switch (rest[0]) {
      case '\\': return this.escaped();
      case '\'': return this.single();
      case '"': this.at += 1; return this.expanded('"');
      case '$': return this.dollar();
      case '`': return this.backquoted();
      case '(': this.at += 1; return this.code(')');
      case '<': return rest.startsWith('<<') && rest[2] !== '<' ? this.hereDocument() : this.skip(rest.startsWith('<<<') ? 3 : 1);
      case '#': return /[\s;&|()<>]/.test(this.text[this.at - 1] ?? ' ') ? this.comment() : this.skip(1);
      case '\n': this.skip(1); this.hereDocuments(); this.command = this.at; return;
      case ';': case '&': case '|': case ')': this.skip(1); this.command = this.at; return;
      case '{': this.skip(1); if (/^\s/.test(rest.slice(1))) this.command = this.at; return;
      default: return this.pass('bare', rest[0]!);
    }
  }

  private pass(quoting: Quoting, character: string): void {
    if (character === '\n') this.unclearIf(this.awaited.length > 0, 'behind a here-document that has not begun');
    if (character === MARK) this.mark(quoting);
    this.at += 1;
  }

  private mark(quoting: Quoting): void {
    this.unclearIf(/\$\w*$/.test(this.text.slice(0, this.at)), 'behind a dollar or the name of a variable');
    const before = this.text.slice(this.command, this.at);
    this.unclearIf(quoting === 'bare' && (COMMAND.test(before) || LIST.test(before)), 'where a command or a list of words stands');
    this.found.push(quoting);
  }

  private escaped(): void {
    this.unclearIf(this.text[this.at + 1] === MARK, 'behind a backslash');
    this.at += 2;
  }

  private single(): void {
    const end = this.text.indexOf('\'', this.at + 1);
    const inside = this.text.slice(this.at + 1, end < 0 ? undefined : end);
    this.unclearIf(end < 0, 'behind a quote that does not end');
    this.unclearIf(inside.includes('\n') && this.awaited.length > 0, 'behind a here-document that has not begun');
    this.found.push(...marksOf(inside).map(() => 'single' as const));
    this.at = end + 1;
  }

  private comment(): void {
    const end = this.text.indexOf('\n', this.at);
    const inside = this.text.slice(this.at, end < 0 ? undefined : end);
    this.found.push(...marksOf(inside).map(() => 'expanded' as const));
    this.at += inside.length;
  }

  private dollar(): void {
    const next = this.text.slice(this.at + 1, this.at + 3);
    this.unclearIf(/^(?:\(\(|\[|'|\{\s)/.test(next), 'behind what sh and bash read differently, or arithmetic');
    if (next[0] === '(') {
      this.at += 2;
      this.code(')');
    } else {
      this.at += 1;
      if (next[0] === '{') this.parameter();
    }
  }

  /** `${NAME}` with what stands behind the name. */
  private parameter(): void {
    const [whole] = /^\{[^{}'"`$\\\n\uE000]*\}/.exec(this.text.slice(this.at)) ?? [];
    this.unclearIf(whole === undefined, 'in or behind an expansion with quotes or others in it');
    this.at += whole!.length;
  }

  private backquoted(): void {
    const [whole] = /^`(?:[^`\\]|\\[^])*`/.exec(this.text.slice(this.at)) ?? [];
    this.unclearIf(whole === undefined || whole.includes(MARK), 'between backquotes');
    this.at += whole!.length;
  }

  private hereDocument(): void {
    const [whole, tabs, , quoted, plain] = /^<<(-?)[ \t]*(?:(['"])([\w.-]+)\2|([\w.-]+))(?=[\s;&|)>])/.exec(this.text.slice(this.at)) ?? [];
    this.unclearIf(whole === undefined, 'behind a here-document whose end is not plain');
    this.awaited.push({ end: quoted ?? plain!, tabs: tabs === '-', quoted: quoted !== undefined });
    this.at += whole!.length;
  }

  private hereDocuments(): void {
    for (const { end, tabs, quoted } of this.awaited.splice(0)) {
      const lines = this.text.slice(this.at).split('\n');
      const last = lines.findIndex((line) => (tabs ? line.replace(/^\t+/, '') : line) === end);
      this.unclearIf(last < 0 || /\\$/.test(lines[last - 1] ?? ''), 'in a here-document whose end is not plain');
      const body = lines.slice(0, last).join('\n');
      this.unclearIf(quoted && body.includes(MARK), 'in a here-document with a quoted end');
      const inside = new Scan(body);
      if (!quoted) inside.expanded();
      this.found.push(...inside.found);
      this.at += lines.slice(0, last + 1).join('\n').length;
    }
  }

  private skip(count: number): void {
    this.at += count;
  }

  private unclearIf(wrong: boolean, where: string): void {
    if (wrong) throw new UnclearQuoting(where);
  }
}

const marksOf = (text: string): string[] => [...text].filter((character) => character === MARK);
