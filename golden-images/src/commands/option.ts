/** The user asked for something that cannot be understood; one line says what would be. */
export class UsageError extends Error {}

interface Described {
  readonly description: string;
}

/** An option without a value. */
export interface Switch extends Described {
  readonly kind: 'switch';
}

/** An option with a value; `form` is how help names it, `parse` refuses what is no such thing by throwing the expected form. */
export interface Single<T> extends Described {
  readonly kind: 'single';
  readonly form: string;
  readonly parse: (text: string) => T;
}

/** As `Single`; may be given several times. */
export interface Many<T> extends Described {
  readonly kind: 'many';
  readonly form: string;
  readonly parse: (text: string) => T;
}

export type Option = Switch | Single<unknown> | Many<unknown>;
export type Options = Readonly<Record<string, Option>>;

/** What options come to once they are parsed. */
export type ValuesOf<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Many<infer T> ? readonly T[] : O[Name] extends Single<infer T> ? T | undefined : boolean;
};

export const flag = (description: string): Switch => ({ kind: 'switch', description });
export const single = <T>(form: string, parse: (text: string) => T, description: string): Single<T> => ({ kind: 'single', form, parse, description });
export const many = <T>(form: string, parse: (text: string) => T, description: string): Many<T> => ({ kind: 'many', form, parse, description });
