/** The kind of a value stands in its prototype: so a value of another copy of the library in the same app is of the same kind. */
const KIND = Symbol.for('cdk-golden-images.kind');

/** Gives the values of a class their kind. */
export function mark(prototype: object, kind: string): void {
  Object.defineProperty(prototype, KIND, { value: kind, configurable: true });
}

export const isMarked = (prototype: object): boolean => Object.hasOwn(prototype, KIND);

/** Kinds of a value: the nearest first, then those that its class extends. */
export function kindsOf(value: unknown): string[] {
  const kinds: string[] = [];
  for (let each: unknown = value; isObject(each); each = Object.getPrototypeOf(each)) {
    const kind = Object.getOwnPropertyDescriptor(each, KIND)?.value as string | undefined;
    if (kind !== undefined) { kinds.push(kind); }
  }
  return kinds;
}

/** Whether a value is of a kind, whichever copy of the library made it. */
export const isKind = (value: unknown, kind: string): boolean => kindsOf(value).includes(kind);

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
