/** A parameter of a function, or a key of options. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  /** Whether it takes all further arguments. */
  readonly rest: boolean;
}

const parsed = new Map<string, Parameter[]>();

/** Reads a line of the table, such as `parent:IImage parentChannel?:string`. */
export function parametersOf(signature: string): Parameter[] {
  const known = parsed.get(signature);
  if (known) { return known; }
  const parameters = signature.split(' ').filter((text) => text !== '').map((text) => {
    const [, dots, name, mark, type] = /^(\.\.\.)?(\w+)(\?)?:(.+)$/.exec(text)!;
    return { name: name!, type: type!, optional: mark !== undefined, rest: dots !== undefined };
  });
  parsed.set(signature, parameters);
  return parameters;
}
