/** A reference in a text: what stands between double braces. */
export interface Reference {
  /** What stands between the braces, without the white space around it. */
  readonly name: string;
  readonly start: number;
  /** Behind the closing braces. */
  readonly end: number;
}

/**
 * Every `{{ … }}` of a text: from braces that open to the next that close. Each character is looked at once or twice, whatever the text is;
 * a regular expression would try anew from every pair of braces that is never closed.
 */
export function* referencesIn(text: string): Generator<Reference> {
  for (let start = text.indexOf('{{'); start !== -1;) {
    const close = text.indexOf('}}', start + 2);
    if (close === -1) return;
    const end = close + 2;
    yield { name: text.slice(start + 2, close).trim(), start, end };
    start = text.indexOf('{{', end);
  }
}

/** A text with something else in place of its references. */
export function replaceReferences(text: string, replace: (name: string, whole: string) => string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { name, start, end } of referencesIn(text)) {
    pieces.push(text.slice(from, start), replace(name, text.slice(start, end)));
    from = end;
  }
  return pieces.join('') + text.slice(from);
}
