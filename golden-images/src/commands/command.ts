import type { Options, ValuesOf } from './option';

/** Where a command finds itself and where it writes. */
export interface Surroundings {
  readonly directory: string;
  /** Whether a line may be written over: a person is watching. */
  readonly terminal: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Writes without a line break. */
  write(text: string): void;
}

export interface Command<O extends Options = Options> {
  /** One word, or two. */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** What it does, for its help. */
  readonly description: readonly string[];
  readonly options: O;
  /** What stands without an option's name, as its help names it; without this nothing may. */
  readonly operands?: string;
  /** The exit code. */
  run(values: ValuesOf<O>, surroundings: Surroundings, operands: readonly string[]): Promise<number>;
}

/** Lets the options of a command decide the type of its values. */
export const command = <O extends Options>(definition: Command<O>): Command => definition as unknown as Command;
