/** A value that is known only once the resources it comes from are made: what is known of it, for comparison. */
export class Deferred {
  public constructor(private readonly expression: unknown) {}

  public toJSON(): unknown {
    return this.expression;
  }
}

export function isDeferred(value: unknown): boolean {
  if (value instanceof Deferred) return true;
  if (Array.isArray(value)) return value.some(isDeferred);
  return typeof value === 'object' && value !== null && Object.values(value).some(isDeferred);
}

/** What `{ Ref: AWS::NoValue }` gives: the property, or the element, is taken out. */
export const NO_VALUE = Symbol('AWS::NoValue');
