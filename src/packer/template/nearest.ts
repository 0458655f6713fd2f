/** A template full of names is not searched whole for one. */
const MOST_NAMES = 500;

/** `did you mean "x"?` where a known name comes near to what was written, otherwise the known names. */
export function suggestion(name: string, known: Iterable<string>): string {
  const names = [...known].slice(0, MOST_NAMES);
  const near = names.map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (near && near.distance <= Math.max(2, Math.floor(name.length / 3))) return `did you mean "${near.candidate}"?`;
  return names.length === 0 ? 'none is declared' : `known: ${names.sort().slice(0, 20).join(', ')}`;
}

/** Levenshtein's distance; long names are cut, since nobody mistypes them from memory. */
function distance(left: string, right: string): number {
  const [a, b] = [left.slice(0, 64), right.slice(0, 64)];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
