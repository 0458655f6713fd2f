const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const SPACE_AROUND = new RegExp(`^${SPACE}+|(?<!${SPACE})${SPACE}+$`, 'gu');
/** A letter that begins a word, for Go's strings.Title: an apostrophe ends one. */
const FIRST_LETTER = new RegExp(`(?<=^|[\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\x7f]|${SPACE})\\p{L}`, 'gu');

/** Letter by letter, as Go does: one letter never becomes two. */
export function eachLetter(text: string, change: (letter: string) => string): string {
  return text.replace(/\p{L}|\p{Nl}|\p{So}/gu, (letter) => {
    const changed = change(letter);
    return [...changed].length === 1 ? changed : letter;
  });
}

export function titled(text: string): string {
  return text.replace(FIRST_LETTER, (letter) => eachLetter(letter, (one) => one.toUpperCase()));
}

export function trimmedSpace(text: string): string {
  return text.replace(SPACE_AROUND, '');
}
