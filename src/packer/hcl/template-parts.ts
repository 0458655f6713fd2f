import type { TemplatePart } from './ast';
import type { Place } from './place';
import type { Token } from './template-tokens';

/** Takes the indentation that all lines share away, as `<<-` asks; blank lines do not count. */
export function flush(tokens: Token[]): void {
  let common = Number.MAX_SAFE_INTEGER;
  let newLine = true;
  for (const token of tokens) {
    if (newLine) common = Math.min(common, indentation(token));
    newLine = token.kind === 'text' && token.text.endsWith('\n');
  }
  for (const token of tokens) {
    if (token.kind === 'text' && token.lineStart && !isBlank(token.text)) token.text = token.text.slice(Math.min(common, token.text.search(/\S|$/)));
  }
}

function indentation(token: Token): number {
  if (token.kind !== 'text') return 0;
  return isBlank(token.text) ? Number.MAX_SAFE_INTEGER : token.text.search(/\S|$/);
}

function isBlank(text: string): boolean {
  return text.endsWith('\n') && text.trim() === '';
}

/** Does what `~` asks: takes blanks and line breaks beside a marker away. */
export function strip(tokens: Token[]): void {
  tokens.forEach((token, index) => {
    if (token.kind === 'text') return;
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    if (token.stripLeft && before?.kind === 'text') before.text = before.text.trimEnd();
    if (token.stripRight && after?.kind === 'text') after.text = after.text.trimStart();
  });
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
