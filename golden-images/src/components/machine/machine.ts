import type { Files } from './files';
import type { StepReference } from '../interpreter';

/** Operating system family, as component documents name it. */
export type System = 'Linux' | 'Windows';

/** What a module cannot do with files alone. */
export type Task =
  | { readonly kind: 'script'; readonly language: 'bash' | 'powershell'; readonly text: string }
  | { readonly kind: 'script-file'; readonly path: string }
  | { readonly kind: 'program'; readonly path: string; readonly args: readonly string[] }
  | { readonly kind: 'update'; readonly include: readonly string[]; readonly exclude: readonly string[] }
  | { readonly kind: 'installer'; readonly removes: boolean; readonly inputs: Readonly<Record<string, unknown>> }
  | { readonly kind: 'registry'; readonly path: string; readonly name: string; readonly type: string; readonly value: unknown }
  | { readonly kind: 'web-download'; readonly url: string; readonly destination: string; readonly ignoreCertificateErrors: boolean }
  | { readonly kind: 's3-download'; readonly bucket: string; readonly key: string; readonly destination: string }
  | { readonly kind: 's3-upload'; readonly bucket: string; readonly key: string; readonly source: string }
  | { readonly kind: 's3-list'; readonly bucket: string; readonly prefix: string };

/** A step that asks something of a machine. */
export interface Visit {
  readonly at: StepReference;
  /** Resolved. */
  readonly inputs: unknown;
  readonly seconds: number;
  /** Takes what the step prints, as it comes. */
  readonly say: (text: string) => void;
}

/** How a task ended. */
export interface TaskEnd {
  readonly exitCode: number;
  readonly stdout: string;
  /** It was ended because its time was over. */
  readonly timedOut?: boolean;
}

/** The task is not for this machine; one line says why, and what would help. */
export class Refused extends Error {}

/** The machine ended while a task ran. */
export class MachineLost extends Error {}

/** Something that a machine needs is missing here; says what would help. */
export class MachineUnusable extends Error {}

/** What a component document is run on. */
export interface Machine {
  readonly system: System;
  readonly files: Files;
  /** Seconds since some moment. */
  now(): number;
  run(task: Task, visit: Visit): Promise<TaskEnd>;
  /** All processes end; files stay. */
  reboot(delaySeconds: number): Promise<void>;
}
