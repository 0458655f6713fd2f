import { constraintsOf, type ServiceConstraints } from './model';
import { sentences } from './sentences';

/** A value that breaks a constraint. */
export interface Violation {
  readonly path: string;
  readonly value: unknown;
  /** As AWS writes it: `Member must …`. */
  readonly sentence: string;
}

/** What breaks the constraints of a service's model (scripts/constraints.mjs: of botocore) in the input of an operation. */
export function violations(signingName: string, operation: string, input: object): Violation[] {
  const service = constraintsOf(signingName);
  const structure = service?.operations[operation];
  return structure === undefined ? [] : new Check(service!).structure(structure, input as Record<string, unknown>, '');
}

/** What an error says of violations. */
export function explain(found: readonly Violation[]): string[] {
  return found.map(({ path, value, sentence }) => `Value '${shown(value)}' at '${path[0]!.toLowerCase()}${path.slice(1)}' failed to satisfy constraint: ${sentence}`);
}

class Check {
  public constructor(private readonly service: ServiceConstraints) {}

  public structure(name: string, value: Record<string, unknown>, path: string): Violation[] {
    const members = Object.entries(this.service.structures[name] ?? {});
    return members.flatMap(([member, shape]) => this.value(shape, value[member], path ? `${path}.${member}` : member));
  }

  private value(shape: string | undefined, value: unknown, path: string): Violation[] {
    if (shape === undefined || value === undefined || value === null) return [];
    const constraint = this.service.shapes[shape];
    if (!constraint) return isRecord(value) ? this.structure(shape, value, path) : [];
    const found = sentences(constraint, value).map((sentence) => ({ path, value, sentence }));
    if (Array.isArray(value)) return [...found, ...value.flatMap((each, index) => this.value(constraint.item, each, `${path}[${index}]`))];
    if (constraint.type !== 'map' || !isRecord(value)) return found;
    return [...found, ...Object.entries(value).flatMap(([key, each]) => [
      ...this.value(constraint.key, key, path), ...this.value(constraint.value, each, `${path}.${key}`),
    ])];
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 256 ? `${text.slice(0, 256)}…` : text;
}
