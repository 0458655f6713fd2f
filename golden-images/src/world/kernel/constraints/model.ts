import table from './constraints.json';
import type { Constraint } from './sentences';

/** What the model of a service demands of the inputs of its operations. */
export interface ServiceConstraints {
  /** By operation: the structure that is its input. Operations of whose input nothing is demanded are left out. */
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Constraint>>;
  /** By structure and member: the name of the member's shape or structure. */
  readonly structures: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const services = table.services as Readonly<Record<string, ServiceConstraints>>;

/** By signing name. */
export function constraintsOf(signingName: string): ServiceConstraints | undefined {
  return Object.hasOwn(services, signingName) ? services[signingName] : undefined;
}
