import type { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { DownloadStep } from './download';
import type { Source } from './source';
import { BashStep, PowerShellStep, RebootStep, UpdateOsStep } from './steps';
import type { Platform } from '../image/platform';

/** One step of a component document. */
export interface StepAction {
  /** Name of the step, unique in its phase once the phase has numbered it. */
  readonly name: string;

  /** Action module, such as `ExecuteBash`. */
  readonly action: string;

  /**
   * Inputs of the module, a map or a list.
   *
   * @default - none
   */
  readonly inputs?: any;

  /**
   * How long the step may take.
   *
   * @default Duration.hours(2)
   */
  readonly timeout?: Duration;

  /**
   * `Abort`, `Continue` or `Ignore`.
   *
   * @default 'Abort'
   */
  readonly onFailure?: string;

  /**
   * How often the step is tried.
   *
   * @default 1
   */
  readonly maxAttempts?: number;
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

  /** What runs the step: is granted what the step reads. */
  readonly grantee: IGrantable;
}

/** Options of `Step.updateOs`. */
export interface UpdateOsOptions {
  /**
   * What to install: package names on Linux; `KB1234567`, `1234567` or title patterns on Windows.
   *
   * @default - every update there is
   */
  readonly include?: string[];

  /**
   * What not to install.
   *
   * @default - nothing is left out
   */
  readonly exclude?: string[];
}

/** One step of a component. */
export abstract class Step {
  /** Bash commands, run as root in one shell that stops at the first failure. */
  public static bash(...commands: string[]): Step {
    return new BashStep(commands);
  }

  /** Windows PowerShell commands, run as SYSTEM; stops at the first error and at the first program that does not exit with 0. */
  public static powershell(...commands: string[]): Step {
    return new PowerShellStep(commands);
  }

  /** Installs operating system updates. */
  public static updateOs(options: UpdateOsOptions = {}): Step {
    return new UpdateOsStep(options.include, options.exclude);
  }

  /**
   * Downloads a file, or unpacks an archive (a folder or a zip file) into a folder.
   *
   * @param source what to download
   * @param destination absolute path of the file, or of the folder into which an archive is unpacked
   */
  public static download(source: Source, destination: string): Step {
    return new DownloadStep(source, destination);
  }

  /** Restarts the instance and goes on with the next step. */
  public static reboot(): Step {
    return new RebootStep();
  }

  /** Called by the component that holds the step. */
  public abstract bind(scope: Construct, options: StepBindOptions): StepConfig;
}
