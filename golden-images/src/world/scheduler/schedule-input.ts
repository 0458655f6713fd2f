import { AwsError, NotModelled } from '../kernel';

interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly SqsParameters?: { readonly MessageGroupId?: string };
}

/** The members of CreateSchedule. */
export interface ScheduleInput {
  readonly Name: string;
  readonly GroupName?: string;
  readonly Description?: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly StartDate?: Date | string;
  readonly EndDate?: Date | string;
  readonly State?: 'ENABLED' | 'DISABLED';
  readonly FlexibleTimeWindow: { readonly Mode: 'OFF' | 'FLEXIBLE'; readonly MaximumWindowInMinutes?: number };
  readonly Target: ScheduleTarget;
  readonly ActionAfterCompletion?: 'NONE' | 'DELETE';
}

export const scheduleMembers = [
  'Name', 'GroupName', 'Description', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'StartDate', 'EndDate', 'State', 'FlexibleTimeWindow',
  'Target', 'ActionAfterCompletion', 'KmsKeyArn', 'ClientToken',
];
const targetMembers = ['Arn', 'RoleArn', 'Input', 'DeadLetterConfig', 'RetryPolicy', 'SqsParameters'];

/** Checks what CreateSchedule checks, the expression aside. */
export function checkSchedule(input: ScheduleInput): void {
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(input.Name ?? '')) throw invalid(`Value '${input.Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$`);
  if (!input.FlexibleTimeWindow?.Mode) throw invalid("Value null at 'flexibleTimeWindow' failed to satisfy constraint: Member must not be null");
  if (!input.Target?.Arn || !input.Target.RoleArn) throw invalid("Value null at 'target' failed to satisfy constraint: Member must not be null");
  for (const member of Object.keys(input.Target)) if (!targetMembers.includes(member)) throw new NotModelled(`scheduler:CreateSchedule Target ${member}`);
  if (input.Target.SqsParameters?.MessageGroupId) throw new NotModelled('FIFO queues as targets of schedules');
  if (!/^arn:[^:]+:(sqs|lambda|codebuild):/.test(input.Target.Arn)) throw new NotModelled(`${input.Target.Arn} as the target of a schedule`);
  if (/^arn:[^:]+:codebuild:/.test(input.Target.Arn) && input.Target.Input !== undefined) throw new NotModelled('overrides of builds that a schedule starts');
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', `1 validation error detected: ${message}`);
