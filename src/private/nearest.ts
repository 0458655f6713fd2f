/** The known name that comes near to what was written: a few letters away, or a part of it. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const written = name.toLowerCase();
  const parts = names.filter((candidate) => candidate.length > 3 && isPart(written, candidate.toLowerCase()));
  return misspelt(name, names) ?? parts.sort((a, b) => b.length - a.length)[0];
}

/** The known name that is a few letters away. */
export function misspelt(name: string, known: Iterable<string>): string | undefined {
  const rated = [...known].map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }));
  const [near] = rated.sort((a, b) => a.distance - b.distance);
  return near && near.distance <= Math.max(2, Math.floor(name.length / 3)) ? near.candidate : undefined;
}

const isPart = (written: string, candidate: string): boolean =>
  written.length > 3 && (written.includes(candidate) || candidate.includes(written));

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
