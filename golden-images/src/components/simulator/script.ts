import type { System, Task } from '../machine';

/** What happens on a simulated machine. Everything has a default: all succeeds. */
export interface Script {
  /** By default, what the modules of the document say; Linux where they say nothing. */
  readonly system?: System;
  /** Default: build and validate. */
  readonly phases?: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  /** Values of Parameter Store, by name. */
  readonly stored?: Readonly<Record<string, string>>;
  /** Files that are there at the beginning, with their content. */
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  /** Programs on the path. */
  readonly binaries?: readonly string[];
  /** Documents that ExecuteDocument may name. */
  readonly documents?: Readonly<Record<string, string>>;
  /** Says what comes of what a step asks of the machine. File modules ask nothing: they work on the simulated files by themselves. */
  readonly happens?: (turn: Turn) => Happening | undefined;
  /** Reboots after which a run counts as endless; default 15, as the agent's. */
  readonly mostReboots?: number;
  /** Runs of modules after which a run counts as endless; default 10,000. */
  readonly mostRuns?: number;
}

/** A step asks something of the machine. */
export interface Turn {
  readonly phase: string;
  readonly step: string;
  readonly action: string;
  /** Resolved inputs of the step. */
  readonly inputs: unknown;
  readonly task: Task;
  /** From 1, as `maxAttempts` counts. */
  readonly attempt: number;
  /** Turn of the step's loop, from 0. */
  readonly iteration: number;
  /** How often this step has asked, this time included. */
  readonly time: number;
  /** Reboots of the machine so far. */
  readonly reboots: number;
  /** Whether a file is there now. */
  readonly hasFile: (path: string) => boolean;
}

/** What comes of it. */
export interface Happening {
  /** Default 0. Of a script or program: 194 (Linux) or 3010 (Windows) reboots, and the step runs again. */
  readonly exitCode?: number;
  readonly stdout?: string;
  /** Default 1. */
  readonly seconds?: number;
  /** Files that it writes, with their content. */
  readonly creates?: Readonly<Record<string, string>>;
  readonly deletes?: readonly string[];
  /** The machine restarts under it, which the agent does not survive as a success. */
  readonly restarts?: boolean;
  /** What was downloaded does not have the checksum that the document names. */
  readonly corrupt?: boolean;
}
