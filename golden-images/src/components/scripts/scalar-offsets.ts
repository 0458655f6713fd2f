/** A YAML scalar as it is written. */
export interface Written {
  /** With its quotes, or with the header of a block. */
  readonly source: string;
  readonly style: 'block' | 'double' | 'single' | 'plain';
}

const ESCAPES: Readonly<Record<string, string>> = {
  0: '\0', a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
};
const CODE_POINT = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))/i;
const SPACE = /\s/;

/**
 * Where each character of a scalar's value stands in what is written. Folding changes white space only, so whatever else a value
 * has is found one after the other; a line break that was made of nothing stands where the text goes on.
 */
export function scalarOffsets(value: string, { source, style }: Written): number[] {
  const offsets: number[] = [];
  let at = style === 'block' ? source.indexOf('\n') + 1 : style === 'plain' ? 0 : 1;
  for (let index = 0; index < value.length;) {
    if (!SPACE.test(value[index]!)) at = skipSpace(source, at, style);
    const unit = unitAt(source, at, style);
    const folded = SPACE.test(value[index]!) && unit.value !== value[index];
    const length = folded ? 1 : unit.value.length;
    for (let part = 0; part < length; part += 1) offsets.push(Math.min(at, source.length));
    index += length;
    if (!folded || unit.value === '\n') at += unit.length;
  }
  return offsets;
}

/** Over white space, and over line breaks that are escaped. */
function skipSpace(source: string, from: number, style: Written['style']): number {
  const pattern = style === 'double' ? /(?:\s|\\\r?\n)*/y : /\s*/y;
  pattern.lastIndex = from;
  return from + pattern.exec(source)![0].length;
}

/** One character as it is written: as itself or as an escape. */
function unitAt(source: string, at: number, style: Written['style']): { value: string; length: number } {
  if (style === 'single' && source.startsWith("''", at)) return { value: "'", length: 2 };
  if (style !== 'double' || source[at] !== '\\') return { value: source[at] ?? ' ', length: 1 };
  const [all, ...digits] = CODE_POINT.exec(source.slice(at, at + 10)) ?? [];
  if (all !== undefined) return { value: String.fromCodePoint(parseInt(digits.find((each) => each !== undefined)!, 16)), length: all.length };
  const escaped = source[at + 1] ?? '\\';
  return { value: ESCAPES[escaped] ?? escaped, length: 2 };
}
