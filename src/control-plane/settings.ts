import { Stack, type RemovalPolicy } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { CONTROL_PLANE_ID } from './namespace';
import { InvalidInputError } from '../private/errors';
import { rootStack } from '../private/stacks';

/** Settings of the control plane that serves the images and fleets of a stack. */
export interface ControlPlaneSettingsProps {
  /**
   * Prefix of everything that has a name in the account: recipes, pipelines, parameters.
   *
   * @default - the name of the stack in lower case
   */
  readonly namespace?: string;

  /**
   * Customer key that encrypts what the stack keeps: the ledger, the queues, the log groups of functions and builds, the bucket of a `DiskImport`, and what
   * AWS CodeBuild keeps of a `PackerBuild`. Images are encrypted by the key of their `BuildInfrastructure`.
   *
   * Its policy gets what CloudWatch Logs, Amazon EventBridge and, with `alarmActions`, CloudWatch alarms need; the functions get the use of it in their own
   * roles, which a key policy that delegates to IAM takes (as that of a `Key` does). Of an imported key, synthesis prints the statements.
   *
   * Throws if it is an alias, or a key of another account or region.
   *
   * @default - the keys of AWS
   */
  readonly encryptionKey?: IKey;

  /**
   * What happens to the ledger and the log groups, those of builds too, when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How long the controllers' logs are kept.
   *
   * @default RetentionDays.SIX_MONTHS
   */
  readonly logRetention?: RetentionDays;

  /**
   * What the alarms of the control plane do, when they turn red and when they turn green again.
   *
   * @default - the alarms only show their state
   */
  readonly alarmActions?: IAlarmAction[];

  /**
   * Whether the function that takes operators' commands has a function URL. At a URL AWS verifies who asks. Set it to false where
   * your organization forbids function URLs: commands are then direct invocations of the function, and the ledger says that the name
   * of the caller is only claimed.
   *
   * Throws if it is true in a region that has no function URLs (AWS Lambda Developer Guide, "Creating and managing Lambda function
   * URLs").
   *
   * @default - true, or false if the region of the stack is known and has no function URLs
   */
  readonly operatorUrl?: boolean;
}

const given = new WeakMap<IConstruct, ControlPlaneSettingsProps>();

/** Where the settings of control planes are given. */
export class ControlPlaneSettings {
  /** Applies to every stack at or below `scope`; the nearest wins. To be called before the first image or fleet of the stack. */
  public static apply(scope: IConstruct, props: ControlPlaneSettingsProps): void {
    if (Stack.isStack(scope) && scope.nestedStackParent) {
      throw new InvalidInputError(scope, {
        what: 'the stack is nested', expected: 'settings of its root, with which it shares the control plane', fix: 'apply them to the root stack',
      });
    }
    if (scope.node.tryFindChild(CONTROL_PLANE_ID)) {
      throw new InvalidInputError(scope, {
        what: 'its control plane exists already', expected: 'settings before the first image or fleet', fix: 'apply them earlier',
      });
    }
    given.set(scope, { ...given.get(scope), ...props });
  }

  /**
   * The settings that hold for `scope`.
   *
   * @internal
   */
  public static _of(scope: IConstruct): ControlPlaneSettingsProps {
    return scope.node.scopes.reduce((settings, ancestor) => ({ ...settings, ...given.get(ancestor) }), {});
  }

  /**
   * Those of the control plane that serves `scope`.
   *
   * @internal
   */
  public static _ofPlane(scope: IConstruct): ControlPlaneSettingsProps {
    return ControlPlaneSettings._of(rootStack(scope));
  }

  private constructor() {}
}
