import table from './constraints.json';

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

interface ServiceConstraints {
  readonly shapes: Readonly<Record<string, Constraint>>;
  /** By structure and member: the name of the member's shape. */
  readonly structures: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const services = table.services as Readonly<Record<string, ServiceConstraints>>;
const expressions = new Map<string, RegExp>();

/** The constraints of one service's inputs, as scripts/constraints.mjs took them from botocore. */
export class Constraints {
  public static of(signingName: string): Constraints | undefined {
    const service = services[signingName];
    return service && new Constraints(service);
  }

  private constructor(private readonly service: ServiceConstraints) {}

  /** The sentences that AWS would write about a member, `Member must …`; each with the path of the value. */
  public violations(structure: string, member: string, value: unknown, path: string): Violation[] {
    const shape = this.service.structures[structure]?.[member];
    return shape === undefined || value === undefined || value === null ? [] : this.check(shape, value, path);
  }

  private check(shape: string, value: unknown, path: string): Violation[] {
    const constraint = this.service.shapes[shape]!;
    const found = sentences(constraint, value).map((sentence) => ({ path, value, sentence }));
    if (constraint.type === 'list') return [...found, ...(value as unknown[]).flatMap((each, index) => this.within(constraint.item, each, `${path}[${index}]`))];
    if (constraint.type !== 'map') return found;
    const entries = Object.entries(value as object);
    return [...found, ...entries.flatMap(([key, each]) => [...this.within(constraint.key, key, path), ...this.within(constraint.value, each, `${path}.${key}`)])];
  }

  private within(shape: string | undefined, value: unknown, path: string): Violation[] {
    return shape === undefined ? [] : this.check(shape, value, path);
  }
}

export interface Violation {
  readonly path: string;
  readonly value: unknown;
  readonly sentence: string;
}

function sentences(constraint: Constraint, value: unknown): string[] {
  const found: string[] = [];
  if (typeof value === 'string') {
    if (constraint.enum && !constraint.enum.includes(value)) found.push(`Member must satisfy enum value set: [${constraint.enum.join(', ')}]`);
    if (constraint.pattern && !expression(constraint.pattern).test(value)) found.push(`Member must satisfy regular expression pattern: ${constraint.pattern}`);
  }
  const size = sizeOf(value);
  if (size === undefined) return found;
  const measure = typeof value === 'number' ? 'value' : 'length';
  if (constraint.min !== undefined && size < constraint.min) found.push(`Member must have ${measure} greater than or equal to ${constraint.min}`);
  if (constraint.max !== undefined && size > constraint.max) found.push(`Member must have ${measure} less than or equal to ${constraint.max}`);
  return found;
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  return value !== null && typeof value === 'object' && !(value instanceof Date) ? Object.keys(value).length : undefined;
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
