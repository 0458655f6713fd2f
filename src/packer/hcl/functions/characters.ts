let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character, of however many code points: HCL counts in these. */
export function characters(text: string): string[] {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x0c\x0e-\x7f]*$/.test(text)) return [...text];
  // Made where it is needed first: every app that loads the library would wait for it.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
