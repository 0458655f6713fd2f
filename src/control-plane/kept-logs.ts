import { CfnDeletionPolicy, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type CfnLogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ControlPlaneSettings } from './settings';
import { explain } from '../private/findings';

export interface KeptLogsProps {
  readonly retention: RetentionDays;
  /**
   * One that no later stack gives again: the group outlives its own.
   *
   * @default - CloudFormation makes one
   */
  readonly logGroupName?: string;
}

/**
 * A log group that tells, after its stack is gone too, what happened: for so long as its lines are kept. Under the key of the settings. One that a
 * deploy made which is rolled back goes again: it tells of nothing, and would be in the way of the next deploy.
 */
export function keptLogs(scope: Construct, id: string, { retention, logGroupName }: KeptLogsProps): LogGroup {
  const { encryptionKey, removalPolicy } = ControlPlaneSettings._ofPlane(scope);
  const group = new LogGroup(scope, id, { logGroupName, retention, encryptionKey, removalPolicy: kept(removalPolicy) });
  // Whoever changes the namespace and changes it back would meet the group of the first time.
  if (logGroupName) { (group.node.defaultChild as CfnLogGroup).cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE; }
  if (encryptionKey === undefined) { explain(group, 'CloudWatchLogGroupEncrypted'); }
  return group;
}

const kept = (asked: RemovalPolicy = RemovalPolicy.RETAIN): RemovalPolicy =>
  (asked === RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : asked);
