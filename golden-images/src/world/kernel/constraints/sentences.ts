/** What a service model demands of a value. */
export interface Constraint {
  readonly type: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Names of the shapes within a list or a map. */
  readonly item?: string;
  readonly key?: string;
  readonly value?: string;
}

const NUMBERS = ['integer', 'long', 'float', 'double'];
const expressions = new Map<string, RegExp>();

/** The sentences that AWS would write about a value. */
export function sentences(constraint: Constraint, value: unknown): string[] {
  const found: string[] = [];
  if (typeof value === 'string') {
    if (constraint.enum && !constraint.enum.includes(value)) found.push(`Member must satisfy enum value set: [${constraint.enum.join(', ')}]`);
    if (constraint.pattern && !expression(constraint.pattern).test(value)) found.push(`Member must satisfy regular expression pattern: ${constraint.pattern}`);
  }
  const size = sizeOf(constraint, value);
  if (size === undefined) return found;
  const measure = NUMBERS.includes(constraint.type) ? 'value' : 'length';
  if (constraint.min !== undefined && size < constraint.min) found.push(`Member must have ${measure} greater than or equal to ${constraint.min}`);
  if (constraint.max !== undefined && size > constraint.max) found.push(`Member must have ${measure} less than or equal to ${constraint.max}`);
  return found;
}

/** Templates may write numbers as texts. */
function sizeOf({ type }: Constraint, value: unknown): number | undefined {
  if (NUMBERS.includes(type)) return Number.isNaN(Number(value)) ? undefined : Number(value);
  if (typeof value === 'string') return type === 'string' ? value.length : undefined;
  if (Array.isArray(value)) return type === 'list' ? value.length : undefined;
  if (value instanceof Uint8Array) return value.byteLength;
  return type === 'map' && typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

/** Patterns hold for the whole of a text. They are written for another dialect: those with unneeded escapes do not compile as Unicode. */
export function expression(pattern: string): RegExp {
  let compiled = expressions.get(pattern);
  if (!compiled) {
    try {
      compiled = new RegExp(`^(?:${pattern})$`, 'u');
    } catch {
      compiled = new RegExp(`^(?:${pattern})$`);
    }
    expressions.set(pattern, compiled);
  }
  return compiled;
}
