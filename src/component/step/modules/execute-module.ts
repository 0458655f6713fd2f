import type { Condition } from '../condition';
import { checkCommands } from '../script';
import { Step } from '../step';
import { checkedModuleStep, moduleStep } from './module-step';
import { Platform } from '../../../image/platform';

/** Inputs of `ExecuteBinary`. */
export interface ExecuteBinaryInputs {
  /** Path of the program. */
  readonly path: string;

  /**
   * What it is started with, one text each.
   *
   * @default - none
   */
  readonly arguments?: string[];
}

/** Inputs of `ExecuteDocument`. */
export interface ExecuteDocumentInputs {
  /** The document: a path on the instance, an `s3://` address, or the ARN of a component. */
  readonly document: string;

  /**
   * Account that owns the bucket.
   *
   * @default - not checked
   */
  readonly bucketOwner?: string;

  /**
   * Phases that are run.
   *
   * @default - all of the document
   */
  readonly phases?: string[];

  /**
   * Values of the document's parameters, by name. They are plain text, also in logs: never a secret.
   *
   * @default - the defaults of the document
   */
  readonly parameters?: { [name: string]: string };
}

/**
 * Modules that run programs, as the document format has them (Image Builder user guide, "General execution modules"). `Step.bash` and
 * `Step.powershell` run commands in strict mode; here nothing is added.
 */
export class ExecuteModule {
  /** `ExecuteBash`: commands as they are. Exit code 194 restarts the instance and runs the same step again. Output: `stdout`. */
  public static bash(...commands: string[]): Step {
    return commandStep('ExecuteBash', commands, Platform.LINUX);
  }

  /** `ExecutePowerShell`: commands as they are. Exit code 3010 restarts the instance and runs the same step again. Output: `stdout`. */
  public static powershell(...commands: string[]): Step {
    return commandStep('ExecutePowerShell', commands, Platform.WINDOWS);
  }

  /** `ExecutePowerShell`: a script that lies on the instance. Output: `stdout`. */
  public static powershellFile(file: string): Step {
    return moduleStep('ExecutePowerShell', { file }, Platform.WINDOWS);
  }

  /** `ExecuteBinary`: a program. Exit code 194 (Linux) or 3010 (Windows) restarts the instance and runs it again. Output: `stdout`. */
  public static binary(inputs: ExecuteBinaryInputs): Step {
    return moduleStep('ExecuteBinary', { path: inputs.path, arguments: inputs.arguments });
  }

  /** `ExecuteDocument`: another document; at most three deep. */
  public static document(inputs: ExecuteDocumentInputs): Step {
    return moduleStep('ExecuteDocument', {
      'document': inputs.document,
      'document-s3-bucket-owner': inputs.bucketOwner,
      'phases': inputs.phases?.join(','),
      'parameters': inputs.parameters && Object.entries(inputs.parameters).map(([name, value]) => ({ name, value })),
    });
  }

  /** `Assert`: fails where the condition does not hold. */
  public static assertThat(condition: Condition): Step {
    return Step.assertThat(condition);
  }

  private constructor() {}
}

const commandStep = (module: string, commands: string[], platform: Platform): Step => checkedModuleStep(module, (scope) => {
  checkCommands(scope, commands);
  return { commands };
}, platform);
