/** Plain data of a request; `{ $ref: 'vpc.Vpc.VpcId' }` stands for a member of an earlier output. */
export type Data = string | number | boolean | undefined | Data[] | { [member: string]: Data };

/** One call of a scenario, by service and operation, as `ssm:PutParameter`. */
export interface Call {
  readonly call: string;
  readonly input: { [member: string]: Data };
  /** Under which name later inputs find the output. */
  readonly as?: string;
}

/** Lets time pass: virtual seconds in the local AWS; the other side has real ones, and needs them only where it keeps time itself. */
export interface Wait {
  readonly wait: { readonly local: number; readonly other: number };
}

export type Step = Call | Wait;

export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

export const call = (name: string, input: Call['input'] = {}, as?: string): Call => ({ call: name, input, ...(as ? { as } : {}) });

export const wait = (local: number, other = 0): Wait => ({ wait: { local, other } });

/** A member of an earlier output; `missing` stands in its place when there was no such output. */
export const ref = (path: string, missing = `missing-${path}`): Data => ({ $ref: path, missing });
