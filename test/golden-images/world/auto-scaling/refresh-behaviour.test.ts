import { Fleet } from './fleet';
import { CloudWatchService } from '../../../../golden-images/src/world/cloudwatch';

const FAST = { MinHealthyPercentage: 100, MaxHealthyPercentage: 100, InstanceWarmup: 10 };
const minutesOf = (refresh: { StartTime?: Date; EndTime?: Date }): number => (refresh.EndTime!.getTime() - refresh.StartTime!.getTime()) / 60_000;

describe('checkpoints', () => {
  test('pause the refresh after their share and tell it; 100 percent is not told', async () => {
    const fleet = await Fleet.start({ size: 10 });
    await fleet.refresh(fleet.next, { ...FAST, CheckpointPercentages: [10, 50, 100], CheckpointDelay: 3600 });
    await fleet.minutes(40);
    expect(fleet.images()).toEqual({ good: 9, next: 1 });
    expect(await fleet.latest()).toMatchObject({ Status: 'InProgress', PercentageComplete: 10, InstancesToUpdate: 9 });
    await fleet.minutes(60);
    expect(fleet.images()).toEqual({ good: 5, next: 5 });
    expect(await fleet.finished()).toMatchObject({ Status: 'Successful', PercentageComplete: 100 });
    expect(fleet.told('EC2 Auto Scaling Instance Refresh Checkpoint Reached')).toBe(2);
  });

  test('of a small group are skipped where one instance is worth more than they', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await fleet.refresh(fleet.next, { ...FAST, CheckpointPercentages: [10, 40, 100], CheckpointDelay: 1800 });
    expect(await fleet.finished()).toMatchObject({ Status: 'Successful' });
    expect(fleet.told('EC2 Auto Scaling Instance Refresh Checkpoint Reached')).toBe(1);
  });

  test('that end below 100 percent end the refresh there, and the group still takes the configuration', async () => {
    const fleet = await Fleet.start({ size: 10 });
    await fleet.refresh(fleet.next, { ...FAST, CheckpointPercentages: [20] });
    expect(await fleet.finished()).toMatchObject({ Status: 'Successful', PercentageComplete: 20 });
    expect(fleet.images()).toEqual({ good: 8, next: 2 });
    expect(fleet.group.settings.source.LaunchTemplate?.Version).toBe('2');
  });

  test('are reached again after a scale-out', async () => {
    const fleet = await Fleet.start({ size: 4 });
    await fleet.refresh(fleet.next, { ...FAST, CheckpointPercentages: [50, 100], CheckpointDelay: 3600 });
    await fleet.minutes(30);
    expect(fleet.told('EC2 Auto Scaling Instance Refresh Checkpoint Reached')).toBe(1);
    await fleet.asg('SetDesiredCapacity', { DesiredCapacity: 8 });
    await fleet.finished();
    expect(fleet.told('EC2 Auto Scaling Instance Refresh Checkpoint Reached')).toBe(2);
    expect(fleet.images()).toEqual({ next: 8 });
  });
});

describe('a bake', () => {
  test('holds the end back, and the group keeps its own configuration meanwhile', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await fleet.refresh(fleet.next, { ...FAST, BakeTime: 7200 });
    expect(await fleet.until(['Baking'])).toMatchObject({ Status: 'Baking', PercentageComplete: 100, InstancesToUpdate: 0 });
    expect(fleet.group.settings.source.LaunchTemplate?.Version).toBe('1');
    await fleet.minutes(119);
    expect((await fleet.latest()).Status).toBe('Baking');
    expect((await fleet.finished()).Status).toBe('Successful');
  });

  test('can be rolled back', async () => {
    const fleet = await Fleet.start({ size: 3 });
    await fleet.refresh(fleet.next, { ...FAST, BakeTime: 7200 });
    await fleet.until(['Baking']);
    await fleet.asg('RollbackInstanceRefresh');
    expect(await fleet.finished()).toMatchObject({ Status: 'RollbackSuccessful', RollbackDetails: { PercentageCompleteOnRollback: 100 } });
    expect(fleet.images()).toEqual({ good: 3 });
  });
});

describe('alarms', () => {
  const alarm = async (fleet: Fleet, state: string): Promise<void> => {
    const service = fleet.world.get(CloudWatchService);
    await fleet.call(service, 'PutMetricAlarm', {
      AlarmName: 'errors',
      MetricName: 'Errors',
      Namespace: 'Web',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    service.setAlarmState('errors', state as 'OK', 'test');
  };

  test('that turn red while baking roll back', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await alarm(fleet, 'OK');
    await fleet.refresh(fleet.next, { ...FAST, BakeTime: 7200, AutoRollback: true, AlarmSpecification: { Alarms: ['errors'] } });
    await fleet.until(['Baking']);
    fleet.world.get(CloudWatchService).setAlarmState('errors', 'ALARM', 'test');
    await fleet.minutes(1);
    expect(await fleet.latest()).toMatchObject({ Status: 'RollbackInProgress' });
    expect((await fleet.finished()).Status).toBe('RollbackSuccessful');
  });

  test('that are red fail a refresh without automatic rollback', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await alarm(fleet, 'ALARM');
    await fleet.refresh(fleet.next, { ...FAST, AlarmSpecification: { Alarms: ['errors'] } });
    const end = await fleet.finished();
    expect(end).toMatchObject({ Status: 'Failed', StatusReason: expect.stringContaining('errors') });
    expect(fleet.images()).toEqual({ good: 2 });
  });

  test('that do not exist are refused', async () => {
    const fleet = await Fleet.start({ size: 1 });
    await expect(fleet.refresh(fleet.next, { AlarmSpecification: { Alarms: ['nothing'] } })).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('protected and standby instances', () => {
  const protect = async (fleet: Fleet): Promise<string> => {
    const id = fleet.group.live[0]!.id;
    await fleet.asg('SetInstanceProtection', { InstanceIds: [id], ProtectedFromScaleIn: true });
    return id;
  };

  test('Wait: the refresh replaces the others and fails after an hour', async () => {
    const fleet = await Fleet.start({ size: 3 });
    await protect(fleet);
    await fleet.refresh(fleet.next, FAST);
    expect(await fleet.finished()).toMatchObject({ Status: 'Failed', StatusReason: expect.stringContaining('protected') });
    expect(fleet.images()).toEqual({ good: 1, next: 2 });
  });

  test('Wait: it goes on once the protection is taken away', async () => {
    const fleet = await Fleet.start({ size: 3 });
    const id = await protect(fleet);
    await fleet.refresh(fleet.next, FAST);
    await fleet.minutes(30);
    await fleet.asg('SetInstanceProtection', { InstanceIds: [id], ProtectedFromScaleIn: false });
    expect((await fleet.finished()).Status).toBe('Successful');
    expect(fleet.images()).toEqual({ next: 3 });
  });

  test.each([['Ignore', { good: 1, next: 2 }], ['Refresh', { next: 3 }]])('%s', async (behavior, images) => {
    const fleet = await Fleet.start({ size: 3 });
    await protect(fleet);
    await fleet.refresh(fleet.next, { ...FAST, ScaleInProtectedInstances: behavior });
    expect((await fleet.finished()).Status).toBe('Successful');
    expect(fleet.images()).toEqual(images);
  });

  test.each([['Wait', 'Failed', 1], ['Ignore', 'Successful', 1], ['Terminate', 'Successful', 0]])('Standby %s', async (behavior, status, left) => {
    const fleet = await Fleet.start({ size: 3 });
    const id = fleet.group.live[0]!.id;
    await fleet.asg('EnterStandby', { InstanceIds: [id], ShouldDecrementDesiredCapacity: true });
    await fleet.refresh(fleet.next, { ...FAST, StandbyInstances: behavior });
    expect((await fleet.finished()).Status).toBe(status);
    await fleet.minutes(5);
    expect([...fleet.group.members.values()].filter((member) => member.lifecycle === 'Standby')).toHaveLength(left);
    expect(fleet.images()).toEqual({ next: 2 });
  });
});

describe('skip matching', () => {
  test('replaces only what is of another version', async () => {
    const fleet = await Fleet.start({ size: 4 });
    await fleet.refresh(fleet.next, { ...FAST, CheckpointPercentages: [25, 100], CheckpointDelay: 3600 });
    await fleet.minutes(30);
    await fleet.asg('CancelInstanceRefresh');
    expect((await fleet.finished()).Status).toBe('Cancelled');
    expect(fleet.images()).toEqual({ good: 3, next: 1 });
    const kept = fleet.group.live.filter((member) => member.launchTemplate.Version === '2').map((member) => member.id);
    await fleet.asg('StartInstanceRefresh', {
      DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: fleet.templateId, Version: '2' } }, Preferences: { ...FAST, SkipMatching: true },
    });
    expect((await fleet.latest()).InstancesToUpdate).toBe(3);
    expect((await fleet.finished()).Status).toBe('Successful');
    expect(fleet.images()).toEqual({ next: 4 });
    expect(fleet.group.members.has(kept[0]!)).toBe(true);
  });

  test('with nothing to do succeeds at once', async () => {
    const fleet = await Fleet.start({ size: 4 });
    await fleet.asg('StartInstanceRefresh', { Preferences: { SkipMatching: true } });
    const end = await fleet.finished();
    expect(end).toMatchObject({ Status: 'Successful', PercentageComplete: 100 });
    expect(minutesOf(end)).toBeLessThan(1);
  });
});

describe('capacity during a refresh', () => {
  test('a scale-out launches the desired configuration', async () => {
    const fleet = await Fleet.start({ size: 4 });
    await fleet.refresh(fleet.next, { ...FAST, CheckpointPercentages: [25, 100], CheckpointDelay: 36_000 });
    await fleet.minutes(30);
    await fleet.asg('SetDesiredCapacity', { DesiredCapacity: 6 });
    await fleet.minutes(10);
    expect(fleet.images().good).toBeLessThanOrEqual(3);
    expect(fleet.group.live).toHaveLength(6);
    expect(fleet.images().next).toBeGreaterThanOrEqual(3);
  });

  test('a group at zero succeeds and proves nothing', async () => {
    const fleet = await Fleet.start({ size: 0 });
    await fleet.refresh(fleet.sick, FAST);
    expect(await fleet.finished()).toMatchObject({ Status: 'Successful', PercentageComplete: 100, InstancesToUpdate: 0 });
    expect(fleet.group.settings.source.LaunchTemplate?.Version).toBe('2');
  });

  test('launches that fail stop terminations, with activities and pauses, never a loop', async () => {
    const fleet = await Fleet.start({ size: 6 });
    fleet.world.faults.launchFailures = Infinity;
    await fleet.refresh(fleet.next, { MinHealthyPercentage: 80, InstanceWarmup: 10 });
    const end = await fleet.finished();
    expect(end).toMatchObject({ Status: 'Failed', StatusReason: expect.stringContaining('capacity') });
    expect(fleet.images()).toEqual({ good: 5 });
    const failures = fleet.group.activities.filter((activity) => activity.StatusCode === 'Failed').length;
    expect(failures).toBeGreaterThan(3);
    expect(failures).toBeLessThan(20);
    fleet.world.faults.launchFailures = 0;
    await fleet.minutes(30);
    expect(fleet.images()).toEqual({ good: 6 });
  });

  test('suspended launches fail it after an hour', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await fleet.asg('SuspendProcesses', { ScalingProcesses: ['Launch'] });
    await fleet.refresh(fleet.next, FAST);
    expect((await fleet.finished()).Status).toBe('Failed');
    expect(fleet.images()).toEqual({ good: 2 });
  });
});

describe('cancelling', () => {
  test('leaves the group mixed and the group launches its own configuration again', async () => {
    const fleet = await Fleet.start({ size: 4 });
    await fleet.refresh(fleet.next, { ...FAST, CheckpointPercentages: [25, 100] });
    await fleet.minutes(20);
    await fleet.asg('CancelInstanceRefresh');
    expect((await fleet.finished()).Status).toBe('Cancelled');
    await fleet.asg('SetDesiredCapacity', { DesiredCapacity: 5 });
    await fleet.minutes(10);
    expect(fleet.images()).toEqual({ good: 4, next: 1 });
    expect(fleet.told('EC2 Auto Scaling Instance Refresh Cancelled')).toBe(1);
  });

  test('waits for what is under way unless told not to', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await fleet.refresh(fleet.next, FAST);
    while (fleet.group.live.length < 3) await fleet.world.timeline.step();
    await fleet.asg('CancelInstanceRefresh');
    expect((await fleet.latest()).Status).toBe('Cancelling');
    expect((await fleet.finished()).Status).toBe('Cancelled');
    await fleet.minutes(10);
    expect(fleet.group.live).toHaveLength(2);
    await fleet.refresh(fleet.next, FAST);
    await fleet.asg('CancelInstanceRefresh', { WaitForTransitioningInstances: false });
    expect((await fleet.latest()).Status).toBe('Cancelled');
  });
});

describe('a refresh with skip matching towards what the group has saved', () => {
  const mixed = async (): Promise<Fleet> => {
    const fleet = await Fleet.start({ size: 3 });
    await fleet.refresh(fleet.next, { ...FAST, CheckpointPercentages: [1, 100], CheckpointDelay: 3600 });
    while (fleet.images().next !== 1 || fleet.group.live.length !== 3) await fleet.minutes(1 / 6);
    await fleet.asg('CancelInstanceRefresh');
    await fleet.finished();
    return fleet;
  };
  const back = async (fleet: Fleet) => {
    await fleet.asg('StartInstanceRefresh', {
      DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: fleet.templateId, Version: '1' } }, Preferences: { SkipMatching: true, InstanceWarmup: 0 },
    });
    return fleet.finished();
  };

  test('replaces the instances that run another version', async () => {
    const fleet = await mixed();
    expect(await back(fleet)).toMatchObject({ Status: 'Successful' });
    expect(fleet.images()).toEqual({ good: 3 });
  });

  test('or succeeds at once and replaces nothing, where AWS compares settings', async () => {
    const fleet = await mixed();
    fleet.world.faults.savedConfigurationMatches = true;
    const before = fleet.world.now;
    expect(await back(fleet)).toMatchObject({ Status: 'Successful' });
    expect(fleet.world.now - before).toBeLessThanOrEqual(60_000);
    expect(fleet.images()).toEqual({ good: 2, next: 1 });
  });
});
