/** The direction is value OP operand: `numberGreaterThan: 1, value: 2` holds. */
const orders: Readonly<Record<string, (order: number) => boolean>> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThan: (order) => order > 0,
  GreaterThanEquals: (order) => order >= 0,
};

/** "String comparisons are not case sensitive, and they don't trim spaces." */
export function compareStrings(operator: string, value: string, operand: string): boolean {
  const [left, right] = [value.toLowerCase(), operand.toLowerCase()];
  return orders[operator]!(left < right ? -1 : left > right ? 1 : 0);
}

/** "If the conversion is not possible, the comparison returns false." */
export function compareNumbers(operator: string, value: string, operand: string): boolean {
  const [left, right] = [number(value), number(operand)];
  return !Number.isNaN(left) && !Number.isNaN(right) && orders[operator]!(left - right);
}

const number = (written: string): number => (/^\s*[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(written) ? Number(written) : NaN);

/** A regular expression of Go, as far as the two languages agree; flags at its beginning are taken over. A wrong one matches nothing. */
export function matches(pattern: string, value: string): boolean {
  const [, flags = '', rest = pattern] = /^\(\?([ims]+)\)([^]*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(rest.replace(/\(\?P</g, '(?<').replace(/\\A/g, '^').replace(/\\z/g, '$'), flags).test(value);
  } catch {
    return false;
  }
}
