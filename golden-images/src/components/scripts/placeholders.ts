import type { Script } from './script';
import { referencesIn } from '../../../../src/component/document';
import { TOKEN } from '../../assembly/token';

/** Puts something of the same length for each value that is known later only, so that places stay what they are. */
type Fill = (length: number, around: Around) => string;

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Around extends Span {
  readonly text: string;
}

const word: Fill = (length) => 'x'.repeat(length);
const number: Fill = (length) => '1'.repeat(length);
/** A command that ends here: a reference may stand for a whole one. */
const command: Fill = (length) => `:${' '.repeat(length - 2)};`;
const variable: Fill = (length) => `$${'x'.repeat(length - 1)}`;
/** In PowerShell a command is a word, and a value is none: what stands around it tells. */
const byPlace: Fill = (length, around) => (beginsCommand(around) && !isListed(around) ? word : number)(length, around);

const FILLS: Readonly<Record<Script['language'], readonly Fill[]>> = {
  bash: [word, command],
  powershell: [byPlace, word, number, variable],
};

/**
 * A script with something in place of the values that only the build or the deploy knows, in every way that it may be meant: it is at
 * fault only when it is in each of them. The first way is the likely one.
 */
export function filled({ language, text }: Script): string[] {
  const unknown = [...unknownIn(text)];
  const fills = unknown.length === 0 ? [word] : FILLS[language];
  return fills.map((fill) => {
    const pieces = unknown.map(({ start, end }, index) => (
      fill(end - start, { text, start, end }) + text.slice(end, unknown[index + 1]?.start)
    ));
    return text.slice(0, unknown[0]?.start) + pieces.join('');
  });
}

/** References, and tokens of a deploy between them. */
function* unknownIn(text: string): Generator<Span> {
  let from = 0;
  for (const { start, end } of referencesIn(text)) {
    yield* tokensIn(text, from, start);
    yield { start, end };
    from = end;
  }
  yield* tokensIn(text, from, text.length);
}

function* tokensIn(text: string, from: number, to: number): Generator<Span> {
  const part = text.slice(from, to);
  for (let at = part.indexOf(TOKEN); at !== -1; at = part.indexOf(TOKEN, at + TOKEN.length)) {
    yield { start: from + at, end: from + at + TOKEN.length };
  }
}

/** Only the white space next to it is looked at: whole texts before and behind each would be read as often as there are references. */
function beginsCommand({ text, start }: Around): boolean {
  let at = start;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at -= 1;
  return at === 0 || '\n;{|&['.includes(text[at - 1]!);
}

function isListed({ text, end }: Around): boolean {
  const blanks = /\s*/y;
  blanks.lastIndex = end;
  return text[end + blanks.exec(text)![0].length] === ',';
}
