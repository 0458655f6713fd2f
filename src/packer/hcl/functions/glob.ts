const PIECE = /\*\*\/|\*\*|\*|\?|\[[!^]?[^\]]+\]|[{},]|\\?[^]/g;

/** A pattern of file names as one of RE2 for the whole path: `**` goes through folders, `{a,b}` chooses. Undefined where braces are not closed. */
export function globPattern(glob: string): string | undefined {
  let depth = 0;
  const pattern = glob.replace(/^\.\//, '').replace(PIECE, (piece) => {
    if (piece === '{') depth += 1;
    if (piece === '}') depth -= 1;
    return translated(piece, depth);
  });
  return depth === 0 ? `^(?:${pattern})$` : undefined;
}

function translated(piece: string, depth: number): string {
  switch (piece) {
    case '**/': return '(?:.*/)?';
    case '**': return '.*';
    case '*': return '[^/]*';
    case '?': return '[^/]';
    case '{': return '(?:';
    case '}': return ')';
    case ',': return depth > 0 ? '|' : ',';
    default: return piece.startsWith('[') && piece.length > 1 ? piece.replace(/^\[!/, '[^') : piece.replace(/^\\/, '').replace(/[^\w/-]/gu, '\\$&');
  }
}
