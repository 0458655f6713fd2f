/** Whether two patterns (`*`: any text, `?`: one character) have a text in common. */
export function meet(a: string, b: string): boolean {
  const known = new Map<number, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = step(i, j);
    known.set(key, result);
    return result;
  };
  const step = (i: number, j: number): boolean => {
    if (i === a.length && j === b.length) return true;
    if (a[i] === '*') return from(i + 1, j) || (j < b.length && from(i, j + 1));
    if (b[j] === '*') return from(i, j + 1) || (i < a.length && from(i + 1, j));
    const same = i < a.length && j < b.length && (a[i] === b[j] || a[i] === '?' || b[j] === '?');
    return same && from(i + 1, j + 1);
  };
  return from(0, 0);
}

/** Whether a resource of a policy can be one of a type, whose ARN has `${Variables}`. Member by member: no wildcard crosses a colon before the resource. */
export function isOfType(resource: string, format: string): boolean {
  if (resource === '*') return true;
  const [given, wanted] = [members(resource), members(format.replace(/\$\{[^}]+\}/g, '*'))];
  return given.length === wanted.length && given.every((member, index) => meet(member, wanted[index]!));
}

function members(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
