import type { Script } from './script';
import { REFERENCE } from '../../../../src/component/document';
import { TOKEN } from '../../assembly/token';

const UNKNOWN = new RegExp(`${REFERENCE.source}|${TOKEN}`, 'gs');

/** Puts something of the same length for each value that is known later only, so that places stay what they are. */
type Fill = (length: number, before: string, after: string) => string;

const word: Fill = (length) => 'x'.repeat(length);
const number: Fill = (length) => '1'.repeat(length);
/** A command that ends here: a reference may stand for a whole one. */
const command: Fill = (length) => `:${' '.repeat(length - 2)};`;
const variable: Fill = (length) => `$${word(length - 1, '', '')}`;
/** In PowerShell a command is a word, and a value is none: what stands around it tells. */
const byPlace: Fill = (length, before, after) => (/(?:^|[\n;{|&[])[ \t]*$/.test(before) && !/^\s*,/.test(after) ? word : number)(length, before, after);

const FILLS: Readonly<Record<Script['language'], readonly Fill[]>> = {
  bash: [word, command],
  powershell: [byPlace, word, number, variable],
};

/**
 * A script with something in place of the values that only the build or the deploy knows, in every way that it may be meant: it is at
 * fault only when it is in each of them. The first way is the likely one.
 */
export function filled({ language, text }: Script): string[] {
  const fills = text.search(UNKNOWN) === -1 ? [word] : FILLS[language];
  return fills.map((fill) => text.replace(UNKNOWN, (reference: string, ...rest: unknown[]) => {
    const at = rest.find((each) => typeof each === 'number') as number;
    return fill(reference.length, text.slice(0, at), text.slice(at + reference.length));
  }));
}
