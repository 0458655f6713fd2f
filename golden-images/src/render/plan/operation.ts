import type { DocumentStep } from '../../../../src/component/document';
import type { Asset } from '../../assembly/stacks';
import type { Place } from '../refusal';
import type { Language } from '../script/language';

/** What a machine is to do, whatever tool tells it. */
export type Operation = ScriptOperation | UploadOperation | RestartOperation | WindowsUpdateOperation;

interface Placed {
  readonly at: Place;
}

/** A script that runs as root or as SYSTEM. */
export interface ScriptOperation extends Placed {
  readonly kind: 'script';
  readonly script: Script;
}

export interface Script {
  readonly language: Language;
  /** Markers stand for outputs of earlier steps. */
  readonly body: string;
  /** Whether to run at all; lines that come before everything else. */
  readonly guard: readonly string[];
  /** Outputs of earlier steps that the body wants. */
  readonly wants: readonly Output[];
  /** Where to keep what the body prints, for a later step. */
  readonly keeps?: Output;
  readonly onFailure: DocumentStep['onFailure'];
  readonly attempts: number;
  /** Infinity for none. */
  readonly timeoutSeconds: number;
  /** One of several passes of a body that asks by an exit code for a restart, and to be run again. */
  readonly pass?: Pass;
}

export interface Pass {
  readonly code: number;
  readonly number: number;
  readonly of: number;
  /** A file that is there while a restart is wanted. */
  readonly restartFile: string;
}

/** What a step printed or read, kept in a file on the machine until the build ends. */
export interface Output {
  readonly step: string;
  readonly marker: string;
  readonly file: string;
}

/** Brings a file onto the machine, where a script takes it. */
export interface UploadOperation extends Placed {
  readonly kind: 'upload';
  readonly file: UploadFile;
  readonly destination: string;
  readonly attempts: number;
}

/** A file of the app, or an object in a bucket, which whoever builds has to fetch. */
export type UploadFile =
  | { readonly kind: 'asset'; readonly name: string; readonly asset: Asset }
  | { readonly kind: 'object'; readonly name: string; readonly uri: string };

export interface RestartOperation extends Placed {
  readonly kind: 'restart';
  /** An expression of the language: restarts only where it is true. */
  readonly condition?: string;
  readonly delaySeconds: number;
}

export interface WindowsUpdateOperation extends Placed {
  readonly kind: 'windows-update';
  readonly searchCriteria: string;
  readonly filters: readonly string[];
  readonly updateLimit: number;
}
