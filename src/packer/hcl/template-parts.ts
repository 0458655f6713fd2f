import type { TemplatePart } from './ast';
import type { Place } from './place';
import type { Token } from './template-tokens';
import { trimmedEnd, trimmedStart } from '../template/cases';

/** Does what `~` asks: takes blanks and line breaks beside a marker away, up to the end of the line in a heredoc, whose lines are texts of their own. */
export function strip(tokens: Token[]): void {
  tokens.forEach((token, index) => {
    if (token.kind === 'text') return;
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    if (token.stripLeft && before?.kind === 'text') before.text = trimmedEnd(before.text);
    if (token.stripRight && after?.kind === 'text') after.text = trimmedStart(after.text);
  });
}

/** Takes the indentation that all lines share away, as `<<-` asks, of what `~` left: a line goes on where its break was taken away. Blank lines do not count. */
export function flush(tokens: ReadonlyArray<Token>): void {
  const starts = tokens.filter((_, index) => index === 0 || endsLine(tokens[index - 1]!)).filter((token) => !isBlank(token));
  const common = Math.min(...starts.map(indentation));
  for (const token of starts) if (token.kind === 'text') token.text = token.text.slice(common);
}

function endsLine(token: Token): boolean {
  return token.kind === 'text' && token.text.endsWith('\n');
}

function isBlank(token: Token): boolean {
  return endsLine(token) && indentation(token) === (token as { text: string }).text.length;
}

function indentation(token: Token): number {
  return token.kind === 'text' ? token.text.length - trimmedStart(token.text).length : 0;
}

/** Puts the pieces of `if` and `for` together. */
export function buildTemplate(tokens: ReadonlyArray<Token>, place: Place): TemplatePart[] {
  return new Builder(tokens).parts(new Set(), place);
}

class Builder {
  private index = 0;

  public constructor(private readonly tokens: ReadonlyArray<Token>) {}

  /** Parts up to one of some markers, which is left to the caller; up to the end where there are none. */
  public parts(until: ReadonlySet<string>, opened: Place): TemplatePart[] {
    const parts: TemplatePart[] = [];
    for (let token = this.tokens[this.index]; token; token = this.tokens[this.index]) {
      if (until.has(token.kind)) return parts;
      this.index += 1;
      if (token.kind === 'text') pushText(parts, token.text);
      else parts.push(this.part(token));
    }
    if (until.size > 0) opened.fail('this directive is not ended', 'end it by %{ endif } or %{ endfor }');
    return parts;
  }

  private part(token: Exclude<Token, { kind: 'text' }>): TemplatePart {
    switch (token.kind) {
      case 'value': return { kind: 'value', expression: token.expression };
      case 'for': return { kind: 'for', place: token.place, loop: token.loop, body: this.until('endfor', token.place) };
      case 'if': return this.condition(token);
      default: return token.place.fail(`"${token.kind}" ends nothing`, 'remove it, or begin by %{ if … } or %{ for … }');
    }
  }

  private until(end: string, opened: Place): TemplatePart[] {
    const parts = this.parts(new Set([end]), opened);
    this.index += 1;
    return parts;
  }

  private condition(token: Extract<Token, { kind: 'if' }>): TemplatePart {
    const yes = this.parts(new Set(['else', 'endif']), token.place);
    const ended = this.tokens[this.index]!.kind === 'endif';
    this.index += 1;
    return { kind: 'if', condition: token.condition, yes, no: ended ? [] : this.until('endif', token.place) };
  }
}

function pushText(parts: TemplatePart[], text: string): void {
  const last = parts[parts.length - 1];
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text };
  else if (text !== '') parts.push({ kind: 'text', text });
}
