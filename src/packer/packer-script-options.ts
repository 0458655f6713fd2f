import type { RuntimeSecret } from '../component/secret';

/** Options of every script of `PackerScript`. */
export interface PackerScriptOptions {
  /**
   * What messages call it.
   *
   * @default 'script'
   */
  readonly label?: string;

  /**
   * Environment variables. They stand in the document: never a secret.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Secrets by the name of their environment variable, fetched when the script runs.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: RuntimeSecret };

  /**
   * Exit codes that are success.
   *
   * @default [0]
   */
  readonly validExitCodes?: number[];
}

/** Options of `PackerScript.shell`. */
export interface PackerShellOptions extends PackerScriptOptions {
  /**
   * Program with arguments that runs the script.
   *
   * @default '/bin/sh -e'
   */
  readonly interpreter?: string;
}

/** Options of `PackerScript.powershell` and `PackerScript.pwsh`. */
export interface PackerPowerShellOptions extends PackerScriptOptions {
  /**
   * Whether they are commands that stood in the template. An error that ends a command, such as a command that is not found, ends them, as in
   * Packer since 1.13; the script of a file goes on after it. After errors that end no command, such as a file that is not there, both go on.
   *
   * @default false
   */
  readonly inline?: boolean;
}

/** Options of `PackerScript.onFiles`. */
export interface PackerScriptFilesOptions {
  /** Name of the step, for logs. */
  readonly stepName: string;

  /** The program, which must be on the instance. */
  readonly program: string;

  /** Commands of bash, run in the folder; the first that fails ends the step. */
  readonly commands: string[];
}
