const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character, of however many code points: HCL counts in these. */
export function characters(text: string): string[] {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x0c\x0e-\x7f]*$/.test(text)) return [...text];
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}
