/** Something in a document that the service or the instance would refuse. */
export interface Violation {
  /** Where, as `phases[0].steps[1].action`. */
  readonly path: string;
  /** What is wrong, with the wrong value in it. */
  readonly what: string;
  readonly expected: string;
  /** Where in the text, counted from 1; for what is missing, where it would stand. */
  readonly line?: number;
  readonly column?: number;
}

/** A value as an error shows it: short, in quotes where it is text. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
