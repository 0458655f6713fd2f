import { misspelt } from '../../private/nearest';

/** A template full of names is not searched whole for one. */
const MOST_NAMES = 500;

/** `did you mean "x"?` where a known name comes near to what was written, otherwise the known names. */
export function suggestion(name: string, known: Iterable<string>): string {
  const names = [...known].slice(0, MOST_NAMES);
  const near = misspelt(name, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  return names.length === 0 ? 'none is declared' : `known: ${names.sort().slice(0, 20).join(', ')}`;
}
