/** A piece of a text with Go templates: literal text, or what stands between `{{` and `}}`. */
export interface Piece {
  readonly kind: 'text' | 'action';
  /** Of the whole piece; of an action with its braces. */
  readonly source: string;
  /** Where it begins in the text; of an action, where its inside begins. */
  readonly offset: number;
  readonly inside: string;
}

/** The end of an action: braces in quoted strings do not count. */
const INSIDE = /(?:`[^`]*`|"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|(?!\}\})[^`"'])*/y;

/** Splits a text; the offset of an action that is not closed, where there is one. */
export function splitActions(text: string): Piece[] | { readonly unclosed: number } {
  const pieces: Piece[] = [];
  let offset = 0;
  let trim = false;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', offset)) {
    const left = /^\{\{-\s/.test(text.slice(open, open + 4)) ? 1 : 0;
    pushText(pieces, text.slice(offset, open), offset, trim, left === 1);
    INSIDE.lastIndex = open + 2 + left;
    const inside = INSIDE.exec(text)?.[0] ?? '';
    const close = open + 2 + left + inside.length;
    if (!text.startsWith('}}', close)) return { unclosed: open };
    trim = /\s-$/.test(inside);
    pieces.push({ kind: 'action', source: text.slice(open, close + 2), offset: open + 2 + left, inside: trim ? inside.slice(0, -1) : inside });
    offset = close + 2;
  }
  pushText(pieces, text.slice(offset), offset, trim, false);
  return pieces;
}

function pushText(pieces: Piece[], text: string, offset: number, trimStart: boolean, trimEnd: boolean): void {
  const start = trimStart ? text.trimStart() : text;
  const source = trimEnd ? start.trimEnd() : start;
  if (source !== '') pieces.push({ kind: 'text', source, offset, inside: '' });
}
