import type { Mapping } from '../../../../src/component/document';
import type { Output, Script } from '../plan/operation';

/** How a module reads the values that it is given. */
export interface Values {
  /** An expression of the language, which stands for the text. */
  word(value: unknown): string;
  /** The text itself: refused where only the machine knows it. */
  plain(value: unknown, what: string): string;
}

/** Lines that do what a module does with one of its inputs. */
export type ModuleLines = (input: Mapping, values: Values) => string[];

/** What a target does by itself, so that a script need not. */
export interface Means {
  readonly retries: boolean;
  readonly timeouts: boolean;
}

/** A shell in which steps are written. */
export interface Language {
  readonly name: 'bash' | 'powershell';
  readonly extension: string;
  /** Where files of a build lie on the machine; they outlive a restart. */
  readonly folder: string;
  /** The exit code that asks for a restart, after which the same step runs again. */
  readonly againCode: number;
  /** Lines that end a script at its first error. */
  readonly strict: readonly string[];
  readonly modules: Readonly<Record<string, ModuleLines>>;
  quoted(text: string): string;
  /** The content of the file. */
  content(output: Output): string;
  joined(expressions: readonly string[]): string;
  /** An expression that is true where the comparison holds. */
  condition(comparison: Mapping, values: Values): string;
  fileExists(path: string): string;
  /** Lines that end the script where the step is not to run. */
  guard(condition: string, whenTrue: string, whenFalse: string): string[];
  /** The script as a file. */
  text(script: Script, title: string, means: Means): string;
  /** Puts an uploaded file where it belongs. */
  take(from: string, to: string, name: string, overwrite: boolean, values: Values): string[];
  /** Lines that fail where a step before failed and let the build go on. */
  failIfFailed(): string[];
  removeFolder(): string[];
}
