import { World } from '../../../golden-images/src/world/kernel';
import { SchedulerService } from '../../../golden-images/src/world/scheduler';
import { SqsService } from '../../../golden-images/src/world/sqs';

describe('schedules', () => {
  let world: World;
  let scheduler: SchedulerService;
  let queue: string;
  const call = (operation: string, input: Record<string, unknown>): Promise<any> => world.call(scheduler, operation, input);
  const until = (moment: string): Promise<void> => world.timeline.runUntil(Date.parse(moment));
  const sentAt = (): string[] => world.get(SqsService).byArn(queue).receive(1000).map(({ sentAt: at }) => new Date(at).toISOString().slice(0, 16));
  const create = (more: Record<string, unknown>): Promise<any> => call('CreateSchedule', {
    Name: 's', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: queue, RoleArn: 'arn:aws:iam::123456789012:role/r', Input: '{"kind":"sweep"}', SqsParameters: {} }, ...more,
  });
  beforeEach(() => {
    world = new World({ start: Date.UTC(2026, 2, 27) });
    scheduler = world.get(SchedulerService);
    queue = world.get(SqsService).createQueue('q', { VisibilityTimeout: 43200, MessageRetentionPeriod: 1209600 }, {}).arn;
  });

  test('fire by the clock of their time zone, over the change to summer time', async () => {
    await create({ ScheduleExpression: 'cron(0 3 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin' });
    await until('2026-03-30T12:00:00Z');
    expect(sentAt()).toEqual(['2026-03-27T02:00', '2026-03-28T02:00', '2026-03-29T01:00', '2026-03-30T01:00']);
  });

  test('by rate begin at once, or at their start date, and end at their end date', async () => {
    await create({ ScheduleExpression: 'rate(6 hours)', EndDate: new Date('2026-03-27T13:00:00Z') });
    await create({ Name: 't', ScheduleExpression: 'rate(6 hours)', StartDate: new Date('2026-03-28T03:00:00Z'), EndDate: new Date('2026-03-28T10:00:00Z') });
    await until('2026-03-29T00:00:00Z');
    expect(sentAt()).toEqual(['2026-03-27T00:00', '2026-03-27T06:00', '2026-03-27T12:00', '2026-03-28T03:00', '2026-03-28T09:00']);
  });

  test('of one date fire once, and may delete themselves', async () => {
    await create({ ScheduleExpression: 'at(2026-03-28T10:00:00)', ActionAfterCompletion: 'DELETE' });
    await until('2026-03-29T00:00:00Z');
    expect(sentAt()).toEqual(['2026-03-28T10:00']);
    await expect(call('GetSchedule', { Name: 's' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('are changed, disabled and deleted', async () => {
    await create({ ScheduleExpression: 'rate(1 hour)', State: 'DISABLED' });
    const { Arn: _arn, CreationDate: _created, LastModificationDate: _modified, ...schedule } = await call('GetSchedule', { Name: 's' });
    await until('2026-03-27T12:00:00Z');
    expect(sentAt()).toEqual([]);
    await call('UpdateSchedule', { ...schedule, State: 'ENABLED' });
    await until('2026-03-27T13:30:00Z');
    expect(sentAt()).toEqual(['2026-03-27T12:00', '2026-03-27T13:00']);
    await call('DeleteSchedule', { Name: 's' });
    await until('2026-03-28T00:00:00Z');
    expect(sentAt()).toEqual([]);
  });

  test('die with their group', async () => {
    await call('CreateScheduleGroup', { Name: 'g' });
    await create({ GroupName: 'g', ScheduleExpression: 'cron(0 * * * ? *)' });
    expect((await call('ListSchedules', { GroupName: 'g' })).Schedules).toMatchObject([{ Name: 's', GroupName: 'g', State: 'ENABLED' }]);
    await call('DeleteScheduleGroup', { Name: 'g' });
    await until('2026-03-28T00:00:00Z');
    expect(sentAt()).toEqual([]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ ScheduleExpression: 'cron(0 3 * * * *)' }, 'ValidationException'],
    [{ ScheduleExpression: 'rate(1 hour)', ScheduleExpressionTimezone: 'Mars/Olympus' }, 'ValidationException'],
    [{ ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: undefined }, 'ValidationException'],
    [{ ScheduleExpression: 'rate(1 hour)', GroupName: 'gone' }, 'ResourceNotFoundException'],
    [{ ScheduleExpression: 'rate(1 hour)', Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances', RoleArn: 'r' } }, 'NotModelled'],
    [{ ScheduleExpression: 'rate(1 hour)', Colour: 'red' }, 'NotModelled'],
  ])('refuse %j with %s', async (members, code) => {
    await expect(create(members)).rejects.toMatchObject({ code });
  });

  test('a month of a schedule costs one entry at a time', async () => {
    await create({ ScheduleExpression: 'rate(1 hour)' });
    expect(world.timeline.pending).toBe(false);
    await until('2026-04-27T00:00:00Z');
    expect(world.get(SqsService).byArn(queue).count('visible')).toBe(14 * 24);
  });
});
