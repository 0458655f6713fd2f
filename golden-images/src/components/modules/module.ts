import type { Mapping } from '../../../../src/component/document';
import type { Outputs } from '../interpreter';
import type { Machine, Paths, Task, TaskEnd } from '../machine';

/** What a run of a module came to. */
export type Outcome =
  | { readonly type: 'done'; readonly outputs: Outputs; readonly exitCode?: number }
  | { readonly type: 'failed'; readonly message: string; readonly exitCode?: number }
  | { readonly type: 'reboot'; readonly again: boolean; readonly delaySeconds?: number; readonly outputs?: Outputs; readonly exitCode?: number }
  | { readonly type: 'timed-out' }
  | { readonly type: 'document'; readonly location: string; readonly phases: readonly string[]; readonly parameters: Readonly<Record<string, string>> };

/** What a module works with. */
export interface Bench {
  readonly machine: Machine;
  readonly paths: Paths;
  readonly run: (task: Task) => Promise<TaskEnd>;
  readonly say: (text: string) => void;
}

/** The step cannot go on; the message says why. */
export class StepFailure extends Error {}

/** An action module: resolved inputs in, outcome out. */
export type Module = (inputs: unknown, bench: Bench) => Promise<Outcome>;

export type Modules = Readonly<Record<string, Module>>;

export const done = (outputs: Outputs = {}): Outcome => ({ type: 'done', outputs });

/** A module whose inputs are a list of maps: one after the other; outputs are joined. */
export const forEach = (
  output: string | undefined, separator: string, work: (input: Mapping, bench: Bench) => Promise<string | void> | string | void,
): Module =>
  async (inputs, bench) => {
    const results: string[] = [];
    for (const input of inputs as Mapping[]) {
      results.push(await work(input, bench) ?? '');
    }
    return done(output === undefined ? {} : { [output]: results.join(separator) });
  };

export const isTrue = (value: unknown, otherwise: boolean): boolean => (value === undefined || value === null ? otherwise : String(value).toLowerCase() === 'true');
export const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
export const given = (value: unknown): string | undefined => (value === undefined || value === null ? undefined : String(value));
