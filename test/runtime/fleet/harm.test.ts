import {
  PutLifecycleHookCommand, SetDesiredCapacityCommand, SetInstanceProtectionCommand, TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { Road } from './road';

/** Ten seconds after another, until something holds. */
async function until(road: Road, what: string, condition: () => boolean, minutes = 120): Promise<void> {
  for (const end = road.fleet.world.now + minutes * 60_000; !condition(); await road.minutes(1 / 6)) {
    if (road.fleet.world.now > end) throw new Error(`${what}: not within ${minutes} minutes`);
  }
}

async function committed(road: Road, ami = road.fleet.good): Promise<Road> {
  await road.release('1.0.0/1', ami);
  await until(road, 'the first commit', () => road.state?.committed.length === 1 && !road.state.rollout);
  return road;
}

const running = (road: Road, ami: string): string[] =>
  road.fleet.group.live.filter(({ id }) => road.fleet.ec2.instance(id)!.image.id === ami).map(({ id }) => id);

const serving = (road: Road, ami: string): string[] => running(road, ami).filter((id) => road.fleet.healthy().includes(id));

/** The fewest healthy targets from now on, at each of their changes. */
function fewest(road: Road): () => number {
  let least = road.fleet.healthy().length;
  road.fleet.world.onEvent(() => { least = Math.min(least, road.fleet.healthy().length); });
  return () => Math.min(least, road.fleet.healthy().length);
}

const scale = async (road: Road, desired: number) => road.autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: desired }));
const protect = async (road: Road, on = true) => road.autoScaling.send(new SetInstanceProtectionCommand({
  AutoScalingGroupName: 'web', InstanceIds: road.fleet.group.live.map(({ id }) => id), ProtectedFromScaleIn: on,
}));

test('the first release of a group that serves keeps its minimum, and goes out behind one canary', async () => {
  const road = await Road.start(12, [], { rollout: { minHealthyPercentage: 100, maxHealthyPercentage: 125 } });
  await road.minutes(5);
  const least = fewest(road);
  await road.release('1.0.0/1', road.fleet.next);
  await until(road, 'the canary', () => serving(road, road.fleet.next).length > 0);
  await road.minutes(4);
  expect(running(road, road.fleet.next)).toHaveLength(1);
  expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 12 });
  expect(least()).toBe(12);
});

test('a sick first release of a group that serves: back to what it was adopted on', async () => {
  const road = await Road.start(4, [], { rollout: { minHealthyPercentage: 100 } });
  await road.minutes(5);
  const least = fewest(road);
  await road.release('1.0.0/1', road.fleet.sick);
  expect(await road.until(1)).toMatchObject({ outcome: 'rolled-back', instancesTouched: 1 });
  expect(road.fleet.images()).toEqual({ good: 4 });
  expect(least()).toBe(4);
});

describe('a group whose instances are all protected from scale-in', () => {
  test('is not begun on: status and alarm say why, nothing is launched, and a scale-out gets the last known good image', async () => {
    const road = await committed(await Road.start(3, [], { rollout: { protectedInstances: 'ignore' } }));
    await protect(road);
    await road.release('1.0.1/1', road.fleet.next);
    await road.minutes(30);
    expect(await road.waitingFor()).toMatch(/no instance of group web may be replaced/);
    expect(road.alerts).toContain('fleet-protected');
    await scale(road, 4);
    await road.minutes(5);
    expect(road.fleet.images()).toEqual({ good: 4 });
  });

  test('since its refresh was started: what ended well and replaced nothing is taken back at once, and blames nobody', async () => {
    const road = await committed(await Road.start(3, [], { rollout: { protectedInstances: 'ignore' } }));
    const { group } = road.fleet;
    await road.release('1.0.1/1', road.fleet.next);
    await until(road, 'the refresh', () => group.activeRefresh !== undefined);
    const saved = group.settings.source.LaunchTemplate!.Version;
    await protect(road);
    await until(road, 'its end', () => group.activeRefresh === undefined);
    await road.minutes(1);
    expect(group.settings.source.LaunchTemplate!.Version).toBe(saved);
    await scale(road, 5);
    await until(road, 'the end', () => road.state.history.length > 0);
    await road.minutes(5);
    expect(road.state).toMatchObject({ blocked: [], backoff: { attempts: 1 }, committed: [{ version: '1.0.0/1' }] });
    expect(road.fleet.images()).toEqual({ good: 5 });
  });

  test('is rolled where the policy says so', async () => {
    const road = await committed(await Road.start(3, [], { rollout: { protectedInstances: 'refresh' }, settings: { NewInstancesProtectedFromScaleIn: true } }));
    await road.release('1.0.1/1', road.fleet.next);
    expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 3 });
    await road.release('1.0.2/1', road.fleet.sick);
    expect(await road.until(2)).toMatchObject({ outcome: 'rolled-back', instancesTouched: 1 });
    expect(road.fleet.images()).toEqual({ next: 3 });
  });
});

describe('a scale-out while the canary is out', () => {
  test('gets the last known good image', async () => {
    const road = await committed(await Road.start(3));
    await road.release('1.0.1/1', road.fleet.next);
    await until(road, 'the canary', () => serving(road, road.fleet.next).length > 0);
    await road.minutes(1);
    await scale(road, 5);
    await road.minutes(3);
    expect(road.fleet.images()).toEqual({ good: 4, next: 1 });
    expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 5 });
  });

  test('and has not come into service yet: all that got the unproven image is taken back', async () => {
    const road = await committed(await Road.start(3));
    await road.release('1.0.1/1', road.fleet.next);
    await until(road, 'the canary', () => running(road, road.fleet.next).length > 0);
    await scale(road, 5);
    expect(await road.until(1)).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('was scaled out') });
    expect(road.state).toMatchObject({ blocked: [], backoff: { attempts: 1 } });
    expect(road.fleet.images()).toEqual({ good: 5 });
    expect(await road.until(2)).toMatchObject({ version: '1.0.1/1', outcome: 'committed' });
  });
});

describe('a canary that vanishes blames nobody, and is tried again', () => {
  test('a scale-in takes the newest instance', async () => {
    const road = await committed(await Road.start(4, [], { settings: { TerminationPolicies: ['NewestInstance'] } }));
    await road.release('1.0.1/1', road.fleet.next);
    await until(road, 'the canary, judged', () => road.state.rollout?.canaryHealthySince !== undefined && road.fleet.group.activeRefresh === undefined);
    expect(road.fleet.images()).toEqual({ good: 3, next: 1 });
    await scale(road, 3);
    const ended = await road.until(1);
    expect(ended).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('is gone') });
    expect(Date.parse(ended.endedAt) - Date.parse(ended.startedAt)).toBeLessThan(20 * 60_000);
    expect(road.state).toMatchObject({ blocked: [], backoff: { attempts: 1 } });
    expect(await road.until(2)).toMatchObject({ version: '1.0.1/1', outcome: 'committed' });
  });

  test('somebody ends it through its group', async () => {
    const road = await committed(await Road.start(3));
    await road.release('1.0.1/1', road.fleet.next);
    await until(road, 'the canary, judged', () => road.state.rollout?.canaryHealthySince !== undefined && road.fleet.group.activeRefresh === undefined);
    const [canary] = running(road, road.fleet.next);
    await road.autoScaling.send(new TerminateInstanceInAutoScalingGroupCommand({ InstanceId: canary!, ShouldDecrementDesiredCapacity: false }));
    expect(await road.until(1)).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('is gone') });
    expect(road.state.blocked).toEqual([]);
  });

  test('its group found it unhealthy: the version is to blame', async () => {
    const road = await committed(await Road.start(3));
    await road.release('1.0.1/1', road.fleet.next);
    await until(road, 'the canary, judged', () => road.state.rollout?.canaryHealthySince !== undefined && road.fleet.group.activeRefresh === undefined);
    const [canary] = running(road, road.fleet.next);
    road.away(15);
    road.fleet.group.members.get(canary!)!.healthy = false;
    road.fleet.autoScaling.upkeep.touch(road.fleet.group);
    expect(await road.until(1)).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('unhealthy') });
    expect(road.state.blocked).toMatchObject([{ version: '1.0.1/1' }]);
  });
});

describe('times', () => {
  const hook = {
    AutoScalingGroupName: 'web',
    LifecycleHookName: 'join',
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    HeartbeatTimeout: 300,
    DefaultResult: 'CONTINUE',
  };

  test('a launch hook of five minutes blocks no release, and leaves one template version', async () => {
    const road = await Road.start(3);
    await road.autoScaling.send(new PutLifecycleHookCommand(hook));
    await committed(road);
    await road.release('1.0.1/1', road.fleet.next);
    expect(await road.until(1)).toMatchObject({ version: '1.0.1/1', outcome: 'committed' });
    await road.release('1.0.2/1', road.fleet.sick);
    expect(await road.until(2)).toMatchObject({ outcome: 'rolled-back', instancesTouched: 1 });
  });

  test('a group that gives more grace than the default gives a slow image the time', async () => {
    const rollout = { healthTimeoutFollowsGrace: true, instanceWarmupSeconds: 0 };
    const road = await committed(await Road.start(3, [], { settings: { HealthCheckGracePeriod: 900 }, rollout }));
    await road.release('1.0.1/1', road.fleet.sick);
    const ended = await road.until(1);
    expect(ended).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('880 seconds after it came into service') });
  });

  test('the warm-up of the group holds where the policy gives none', async () => {
    const rollout = { instanceWarmupSeconds: undefined as never };
    const road = await committed(await Road.start(2, [], { settings: { DefaultInstanceWarmup: 45 }, rollout }));
    await road.release('1.0.1/1', road.fleet.next);
    await until(road, 'the refresh', () => road.fleet.group.activeRefresh !== undefined);
    expect(road.fleet.group.activeRefresh!.warmupSeconds).toBe(45);
  });
});

describe('a refresh back to what the group has saved, which AWS answers with nothing to do', () => {
  test.each([
    ['the bounds leave room: the stray is ended', 75, 1],
    ['the bounds leave none: all are replaced within them', 100, 4],
  ])('%s', async (_, minHealthyPercentage, replaced) => {
    const road = await committed(await Road.start(4, [], { rollout: { minHealthyPercentage, maxHealthyPercentage: 125, canarySeconds: 1200 } }));
    road.fleet.world.faults.savedConfigurationMatches = true;
    await road.release('1.0.1/1', road.fleet.next);
    await until(road, 'the canary, judged', () => road.state.rollout?.canaryHealthySince !== undefined && road.fleet.group.activeRefresh === undefined);
    await road.minutes(2);
    const before = road.fleet.group.live.map(({ id }) => id);
    const least = fewest(road);
    await road.revoke('1.0.1/1');
    expect(await road.until(1)).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('revoked') });
    await road.minutes(5);
    expect(road.fleet.images()).toEqual({ good: 4 });
    expect(road.fleet.group.live.filter(({ id }) => !before.includes(id))).toHaveLength(replaced);
    expect(least()).toBeGreaterThanOrEqual(Math.ceil(4 * minHealthyPercentage / 100));
  });
});

test('the group is scaled in while its canary comes into service', async () => {
  const road = await committed(await Road.start(3));
  await road.release('1.0.1/1', road.fleet.next);
  await until(road, 'the canary', () => running(road, road.fleet.next).length > 0);
  await road.autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'web', MinSize: 0, DesiredCapacity: 1 }));
  await until(road, 'an end', () => road.state.history.length > 0 && !road.state.rollout, 240);
  await road.until(road.state.history.at(-1)!.outcome === 'committed' ? road.state.history.length : road.state.history.length + 1);
  expect(road.state.history.at(-1)).toMatchObject({ version: '1.0.1/1', outcome: 'committed' });
  expect(road.state.blocked).toEqual([]);
});
