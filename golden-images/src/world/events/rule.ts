import { AwsError, NotModelled } from '../kernel';
import { checkTargetInput } from './target-input';
import type { Recurrence } from '../schedule/recurrence';

/** A target, in the members of PutTargets. */
export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  readonly description?: string;
  readonly roleArn?: string;
  readonly eventPattern?: string;
  readonly matches?: (event: Record<string, unknown>) => boolean;
  readonly scheduleExpression?: string;
  readonly recurrence?: Recurrence;
  enabled: boolean;
  readonly targets: Map<string, Target>;
}

/** RetryPolicy and RoleArn are recorded: a delivery fails only when its target is gone, and permissions are not enforced. */
const members = ['Id', 'Arn', 'Input', 'InputPath', 'InputTransformer', 'DeadLetterConfig', 'RetryPolicy', 'RoleArn', 'SqsParameters'];

/** Checks a target as PutTargets does. */
export function checkTarget(target: Target & { SqsParameters?: { MessageGroupId?: string } }): void {
  for (const member of Object.keys(target)) if (!members.includes(member)) throw new NotModelled(`events:PutTargets ${member}`);
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(target.Id)) throw new AwsError('ValidationException', `Value '${target.Id}' at 'targets.member.id' failed to satisfy constraint`);
  if (target.SqsParameters?.MessageGroupId) throw new NotModelled('FIFO queues as targets of events');
  if (!/^arn:[^:]+:(sqs|lambda|events|sns):/.test(target.Arn)) throw new NotModelled(`${target.Arn} as the target of events`);
  checkTargetInput(target);
}
