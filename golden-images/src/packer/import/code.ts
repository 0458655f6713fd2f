/** A value in the code that is written, without its language. */
export type Code =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'plain'; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Item[]; readonly tall?: boolean }
  /** Names of the user: they stay as they are. */
  | { readonly kind: 'map'; readonly entries: ReadonlyArray<readonly [string, Code]> }
  /** Options of a call, whose names each language writes its way. */
  | { readonly kind: 'options'; readonly entries: ReadonlyArray<readonly [string, Code]>; readonly type?: ClassName }
  | { readonly kind: 'call'; readonly on: Code; readonly method: string; readonly args: readonly Code[] }
  | { readonly kind: 'new'; readonly type: ClassName; readonly args: readonly Code[] }
  | { readonly kind: 'class'; readonly type: ClassName }
  | { readonly kind: 'member'; readonly type: ClassName; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  /** A path that starts where the code is. */
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'this' };

/** An item of a list, with what is said of it. */
export interface Item {
  readonly comments: readonly string[];
  readonly code: Code;
}

export interface ClassName {
  readonly name: string;
  /** As TypeScript names it. */
  readonly module: string;
}

/** A line of the constructor: a constant, or something that is done. */
export interface Statement {
  readonly comments: readonly string[];
  readonly name?: string;
  readonly code: Code;
}

/** A module that is to be written. */
export interface ModuleCode {
  /** Name of the stack; none where the module holds components alone. */
  readonly className?: string;
  /** What stands before all else. */
  readonly comments: readonly string[];
  readonly statements: readonly Statement[];
}

const LIBRARY = 'cdk-golden-images';

export const self: Code = { kind: 'this' };
export const text = (value: string): Code => ({ kind: 'text', text: value });
export const plain = (value: number | boolean | null): Code => ({ kind: 'plain', value });
export const variable = (name: string): Code => ({ kind: 'variable', name });
export const list = (...codes: Code[]): Code => ({ kind: 'list', items: codes.map((code) => ({ comments: [], code })) });
export const create = (name: string, args: Code[], module = LIBRARY): Code => ({ kind: 'new', type: { name, module }, args });
export const member = (type: string, name: string, module = LIBRARY): Code => ({ kind: 'member', type: { name: type, module }, name });
export const call = (type: string, method: string, args: Code[] = [], module = LIBRARY): Code =>
  ({ kind: 'call', on: { kind: 'class', type: { name: type, module } }, method, args });
export const callOn = (on: Code, method: string, args: Code[] = []): Code => ({ kind: 'call', on, method, args });

/** Options; those without a value are left out. */
export const options = (entries: Record<string, Code | undefined>, type?: ClassName): Code => ({
  kind: 'options',
  entries: Object.entries(entries).filter((entry): entry is [string, Code] => entry[1] !== undefined),
  ...type ? { type } : {},
});

/** What is in a piece of code, at first level. */
export function partsOf(code: Code): Code[] {
  switch (code.kind) {
    case 'list': return code.items.map((item) => item.code);
    case 'map': case 'options': return code.entries.map(([, value]) => value);
    case 'call': return [code.on, ...code.args];
    case 'new': return [...code.args];
    default: return [];
  }
}
