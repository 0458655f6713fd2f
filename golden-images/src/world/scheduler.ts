import { deliverOrDeadLetter } from './events/delivery';
import { AwsError, refuseUnknown, Service, type Operation, type ResourceType, type World } from './kernel';
import { parseSchedule, type Schedule } from './schedule/expression';
import { Recurrence } from './schedule/recurrence';
import { schedulerResourceTypes } from './scheduler/resource-types';
import { checkSchedule, scheduleMembers, type ScheduleInput } from './scheduler/schedule-input';

interface Entry {
  readonly input: ScheduleInput;
  readonly recurrence: Recurrence;
  readonly createdAt: number;
}

/**
 * Amazon EventBridge Scheduler: schedules with time zones, by rate, cron and date; only the next firing of each is queued.
 * A flexible time window fires at its beginning. Recorded, not enforced: roles, retry policies, keys.
 */
export class SchedulerService extends Service {
  public override readonly signingName = 'scheduler';
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>> = schedulerResourceTypes(this);
  public override readonly operations: Readonly<Record<string, Operation>>;
  private readonly groups = new Map<string, Map<string, Entry>>([['default', new Map()]]);

  public constructor(world: World) {
    super(world);
    this.operations = {
      CreateSchedule: (input) => ({ ScheduleArn: this.put(input, 'create') }),
      UpdateSchedule: (input) => ({ ScheduleArn: this.put(input, 'update') }),
      DeleteSchedule: (input) => this.delete(input.GroupName, input.Name),
      GetSchedule: (input) => this.described(this.required(input.GroupName, input.Name)),
      ListSchedules: (input) => this.list(input),
      CreateScheduleGroup: (input) => ({ ScheduleGroupArn: this.createGroup(input.Name) }),
      DeleteScheduleGroup: (input) => this.deleteGroup(input.Name),
      GetScheduleGroup: (input) => ({ Name: input.Name, Arn: this.groupArn(input.Name), State: this.group(input.Name) && 'ACTIVE' }),
    };
  }

  public arn(group: string | undefined, name: string): string {
    return this.world.arn('scheduler', `schedule/${group ?? 'default'}/${name}`);
  }

  public groupArn(name: string): string {
    return this.world.arn('scheduler', `schedule-group/${name}`);
  }

  public createGroup(name: string): string {
    if (this.groups.has(name)) throw new AwsError('ConflictException', `Schedule group ${name} already exists.`, 409);
    this.groups.set(name, new Map());
    return this.groupArn(name);
  }

  /** Deleting a group deletes its schedules. */
  public deleteGroup(name: string): void {
    if (name === 'default') throw new AwsError('ValidationException', 'Default schedule group cannot be deleted.');
    for (const entry of this.group(name).values()) entry.recurrence.stop();
    this.groups.delete(name);
  }

  public put(input: ScheduleInput, how: 'create' | 'update'): string {
    refuseUnknown(`scheduler:${how === 'create' ? 'CreateSchedule' : 'UpdateSchedule'}`, input, scheduleMembers);
    checkSchedule(input);
    const group = this.group(input.GroupName);
    const before = group.get(input.Name);
    if (before && how === 'create') throw new AwsError('ConflictException', `Schedule ${input.Name} already exists.`, 409);
    if (!before && how === 'update') this.required(input.GroupName, input.Name);
    const start = input.StartDate ? new Date(input.StartDate).getTime() : this.world.now;
    const schedule = parseSchedule(input.ScheduleExpression, { timeZone: input.ScheduleExpressionTimezone, start });
    if (!schedule) throw new AwsError('ValidationException', `Invalid Schedule Expression ${input.ScheduleExpression}.`);
    before?.recurrence.stop();
    const recurrence = this.recurrence(input, schedule);
    // A rate begins at once or at its start date ("Schedule types in EventBridge Scheduler"), the others at what they name.
    if (input.State !== 'DISABLED') recurrence.start(schedule.type === 'rate' ? Math.max(this.world.now, start) - 1 : Math.max(this.world.now, start - 1));
    group.set(input.Name, { input, recurrence, createdAt: before?.createdAt ?? this.world.now });
    return this.arn(input.GroupName, input.Name);
  }

  public delete(groupName: string | undefined, name: string): void {
    this.required(groupName, name).recurrence.stop();
    this.group(groupName).delete(name);
  }

  private recurrence(input: ScheduleInput, schedule: Schedule): Recurrence {
    const label = `schedule ${input.Name}`;
    const until = input.EndDate ? new Date(input.EndDate).getTime() : Infinity;
    const fire = (): void => {
      if (schedule.type === 'at' && input.ActionAfterCompletion === 'DELETE') this.group(input.GroupName).delete(input.Name);
      deliverOrDeadLetter(this.world, label, input.Target, this.text(input));
    };
    return new Recurrence(this.world, label, schedule, fire, until);
  }

  /** Without an input the target gets an event of the kind that a scheduled rule sends. assumption: scheduler-default-input */
  private text(input: ScheduleInput): string {
    const attempt = this.world.random.uuid();
    const arn = this.arn(input.GroupName, input.Name);
    const time = new Date(this.world.now).toISOString().replace(/\.\d+Z$/, 'Z');
    if (input.Target.Input === undefined) {
      return JSON.stringify({
        'version': '0',
        'id': attempt,
        'detail-type': 'Scheduled Event',
        'source': 'aws.scheduler',
        'account': this.world.account,
        time,
        'region': this.world.region,
        'resources': [arn],
        'detail': '{}',
      });
    }
    const context: Record<string, string> = { 'schedule-arn': arn, 'scheduled-time': time, 'execution-id': attempt, 'attempt-number': '1' };
    return input.Target.Input.replace(/<aws\.scheduler\.([\w-]+)>/g, (whole, name: string) => context[name] ?? whole);
  }

  private group(name = 'default'): Map<string, Entry> {
    const group = this.groups.get(name);
    if (!group) throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
    return group;
  }

  private required(group: string | undefined, name: string): Entry {
    const entry = this.group(group).get(name);
    if (!entry) throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    return entry;
  }

  private described({ input, createdAt }: Entry): Record<string, unknown> {
    return {
      State: 'ENABLED',
      GroupName: 'default',
      ScheduleExpressionTimezone: 'UTC',
      ActionAfterCompletion: 'NONE',
      ...input,
      Arn: this.arn(input.GroupName, input.Name),
      CreationDate: new Date(createdAt),
      LastModificationDate: new Date(createdAt),
    };
  }

  private list(input: Record<string, string | undefined>): Record<string, unknown> {
    refuseUnknown('scheduler:ListSchedules', input, ['GroupName', 'NamePrefix', 'State', 'MaxResults']);
    const groups = input.GroupName ? [this.group(input.GroupName)] : [...this.groups.values()];
    const all = groups.flatMap((group) => [...group.values()])
      .filter((entry) => entry.input.Name.startsWith(input.NamePrefix ?? '') && (!input.State || (entry.input.State ?? 'ENABLED') === input.State));
    return { Schedules: all.map((entry) => ({ ...this.described(entry), Target: { Arn: entry.input.Target.Arn } })) };
  }
}
