import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { StepSettings } from './options';
import type { OperatingSystemVersion, Platform } from '../../platform';

/**
 * One step of a component document, as a `Step` makes it. It is the raw form that steps are rendered to: those who use a module of the
 * document take the typed steps `ExecuteModule`, `TransferModule`, `FileModule`, `InstallModule` and `SystemModule`.
 */
export interface StepAction extends StepSettings {
  /** Name of the step; the phase numbers its steps, so that names are unique. */
  readonly name: string;

  /** Action module, such as `ExecuteBash`. */
  readonly action: string;

  /**
   * Inputs of the module, a map or a list.
   *
   * @default - none
   */
  readonly inputs?: any;
}

/** A step, as the document needs it. */
export interface StepConfig {
  /** The document's steps, in order. */
  readonly actions: StepAction[];

  /**
   * The only platform on which the step runs.
   *
   * @default - any
   */
  readonly platform?: Platform;
}

/** Where a step is used. */
export interface StepBindOptions {
  /** Platform of the image. */
  readonly platform: Platform;

  /** Architecture of the image. */
  readonly architecture: InstanceArchitecture;

  /**
   * Operating system and version.
   *
   * @default - not known
   */
  readonly osVersion?: OperatingSystemVersion;

  /**
   * Whether Sysprep generalizes the image at the end of its build. Windows only.
   *
   * @default - true on Windows
   */
  readonly sysprep?: boolean;

  /** What runs the step: is granted what the step reads. */
  readonly grantee: IGrantable;
}
