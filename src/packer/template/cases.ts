const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const SPACE_BEFORE = new RegExp(`^${SPACE}+`, 'u');
const SPACE_AFTER = new RegExp(`(?<!${SPACE})${SPACE}+$`, 'u');
/** A letter that begins a word, for Go's strings.Title: an apostrophe ends one. */
const FIRST_LETTER = new RegExp(`(?<=^|[\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\x7f]|${SPACE})\\p{L}`, 'gu');

/** One letter for one, where all rules of Unicode would give two. */
const SIMPLE = new Map<string, string>([
  ['İ', 'i'],
  ...[0x1f80, 0x1f90, 0x1fa0].flatMap((first) => Array.from({ length: 8 }, (_, index) => codes(first + index, first + index + 8))),
  ...[0x1fb3, 0x1fc3, 0x1ff3].map((code) => codes(code, code + 9)),
]);

function codes(...both: [number, number]): [string, string] {
  return both.map((code) => String.fromCodePoint(code)) as [string, string];
}

/** Letters that begin a word otherwise than in capitals: those that stand for two (Dž), and Georgian ones, which stay. */
const TITLE = new Map<string, string>([...'ǄǅǆǇǈǉǊǋǌǱǲǳ'].map((letter, index, all) => [letter, all[index - (index % 3) + 1]!]));

/** Letter by letter, as Go does: one letter never becomes two. */
export function eachLetter(text: string, change: (letter: string) => string): string {
  return text.replace(/\p{L}|\p{Nl}|\p{So}/gu, (letter) => {
    const changed = change(letter);
    return [...changed].length === 1 ? changed : SIMPLE.get(letter) ?? letter;
  });
}

export function titled(text: string): string {
  return text.replace(FIRST_LETTER, (letter) => TITLE.get(letter) ?? (/[ა-ჿ]/.test(letter) ? letter : eachLetter(letter, (one) => one.toUpperCase())));
}

export function trimmedSpace(text: string): string {
  return trimmedStart(trimmedEnd(text));
}

export function trimmedStart(text: string): string {
  return text.replace(SPACE_BEFORE, '');
}

export function trimmedEnd(text: string): string {
  return text.replace(SPACE_AFTER, '');
}
