import { RE2JS } from 're2js';

const PIECE = /\*\*\/|\*\*|\*|\?|\[[!^]?[^\]]{1,1000}\]|[{},]|\\?[^]/g;

/** A pattern of file names as one of RE2 for the whole path: `**` goes through folders, `{a,b}` chooses. Undefined where braces are not closed. */
export const globPattern = (glob: string): string | undefined => translation(glob.replace(/^\.\//, ''), '[^/]');

/** Whether a name fits a pattern of `-only` or `-except` (gobwas/glob, without separators); undefined where it is none. */
export function fits(name: string, glob: string): boolean | undefined {
  const pattern = translation(glob, '.');
  return pattern === undefined ? undefined : RE2JS.matches(pattern, name);
}

/** `letter` is what `?` stands for. */
function translation(glob: string, letter: string): string | undefined {
  let depth = 0;
  const pattern = glob.replace(PIECE, (piece) => {
    if (piece === '{') depth += 1;
    if (piece === '}') depth -= 1;
    return translated(piece, depth, letter);
  });
  return depth === 0 ? `^(?:${pattern})$` : undefined;
}

function translated(piece: string, depth: number, letter: string): string {
  switch (piece) {
    case '**/': return letter === '.' ? '.*/' : '(?:.*/)?';
    case '**': return '.*';
    case '*': return `${letter}*`;
    case '?': return letter;
    case '{': return '(?:';
    case '}': return ')';
    case ',': return depth > 0 ? '|' : ',';
    default: return piece.startsWith('[') && piece.length > 1 ? piece.replace(/^\[!/, '[^') : piece.replace(/^\\/, '').replace(/[^\w/-]/gu, '\\$&');
  }
}
