/** How a script of a template is run. */
export interface ScriptSettings {
  /** What messages call it. */
  readonly label: string;
  /** Environment variables; none where there are none. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Sensitive variables of the template, by the name of the environment variable that holds them. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Exit codes that are success, where it is not 0 alone. */
  readonly validExitCodes?: readonly number[];
}

/** A script, run as Packer runs it. */
export type ScriptPlan =
  /** A script of Linux; `interpreter` is the program that runs it, where it is not `/bin/sh -e`. */
  | { readonly language: 'shell'; readonly lines: readonly string[]; readonly settings: ScriptSettings; readonly interpreter?: string }
  /** `inline`: commands that stand in the template, which errors that end a command end. */
  | { readonly language: 'powershell' | 'pwsh'; readonly lines: readonly string[]; readonly settings: ScriptSettings; readonly inline?: boolean }
  | { readonly language: 'batch'; readonly lines: readonly string[]; readonly settings: ScriptSettings };
