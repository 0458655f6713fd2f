import { Fleet } from './fleet';

describe('a group', () => {
  test('launches what it should have, spread over its zones', async () => {
    const fleet = await Fleet.start({ size: 6 });
    const zones = fleet.group.live.map((member) => member.availabilityZone).sort();
    expect(zones).toEqual(['a', 'a', 'b', 'b', 'c', 'c'].map((letter) => `eu-central-1${letter}`));
    expect(fleet.told('EC2 Instance Launch Successful')).toBe(6);
    expect((await fleet.asg('DescribeScalingActivities')).Activities).toHaveLength(6);
  });

  test('replaces an instance that dies, and one that the load balancer finds ill after the grace period', async () => {
    const fleet = await Fleet.start({ size: 3 });
    const [first, second] = fleet.group.live.map((member) => member.id);
    fleet.ec2.terminateInstance(first!);
    fleet.ec2.makeSick(second!);
    await fleet.minutes(10);
    expect(fleet.healthy()).toHaveLength(3);
    expect(fleet.group.members.has(first!)).toBe(false);
    expect(fleet.group.members.has(second!)).toBe(false);
  });

  test('with a maintenance policy of 100 percent launches the replacement first', async () => {
    const fleet = await Fleet.start({ size: 2, settings: { InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 150 } } });
    fleet.ec2.makeSick(fleet.group.live[0]!.id);
    let most = 0;
    for (let count = 0; count < 60; count += 1) {
      await fleet.world.timeline.runUntil(fleet.world.now + 10_000);
      most = Math.max(most, fleet.group.live.length);
    }
    expect(most).toBe(3);
    expect(fleet.group.live).toHaveLength(2);
    expect(fleet.healthy()).toHaveLength(2);
  });

  test('pauses after failed launches instead of looping, also when its template or image is gone', async () => {
    const fleet = await Fleet.start({ size: 0 });
    await fleet.call(fleet.ec2, 'DeregisterImage', { ImageId: fleet.good });
    await fleet.asg('SetDesiredCapacity', { DesiredCapacity: 1 });
    await fleet.minutes(120);
    const { Activities } = await fleet.asg('DescribeScalingActivities');
    expect(Activities.length).toBeGreaterThan(5);
    expect(Activities.length).toBeLessThan(25);
    expect(Activities[0]).toMatchObject({ StatusCode: 'Failed', StatusMessage: expect.stringContaining('does not exist') });
    expect(fleet.told('EC2 Instance Launch Unsuccessful')).toBe(Activities.length);
    await fleet.call(fleet.ec2, 'DeleteLaunchTemplate', { LaunchTemplateId: fleet.templateId });
    await fleet.minutes(30);
    expect((await fleet.asg('DescribeScalingActivities')).Activities[0].StatusMessage).toContain('does not exist');
  });

  test('follows the parameter at each launch', async () => {
    const fleet = await Fleet.start({ size: 1, version: '$Latest' });
    await fleet.version(fleet.next);
    await fleet.asg('SetDesiredCapacity', { DesiredCapacity: 2 });
    await fleet.minutes(5);
    expect(fleet.images()).toEqual({ good: 1, next: 1 });
    expect(fleet.group.live.map((member) => member.launchTemplate.Version)).toEqual(['1', '2']);
  });

  test('in a month of peace does next to nothing', async () => {
    const fleet = await Fleet.start({ size: 6 });
    let steps = 0;
    const end = fleet.world.now + 30 * 86_400_000;
    while (fleet.world.timeline.next !== undefined && fleet.world.timeline.next <= end) {
      await fleet.world.timeline.step();
      steps += 1;
    }
    expect(steps).toBeLessThan(20);
  });

  test('spares protected instances when it scales in, and refuses sizes beyond its limits', async () => {
    const fleet = await Fleet.start({ size: 3 });
    const kept = fleet.group.live.slice(0, 2).map((member) => member.id);
    await fleet.asg('SetInstanceProtection', { InstanceIds: kept, ProtectedFromScaleIn: true });
    await fleet.asg('SetDesiredCapacity', { DesiredCapacity: 1 });
    await fleet.minutes(5);
    expect(fleet.group.live.map((member) => member.id)).toEqual(kept);
    await expect(fleet.asg('SetDesiredCapacity', { DesiredCapacity: 99 })).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('suspended replaces nothing', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await fleet.asg('SuspendProcesses', { ScalingProcesses: ['ReplaceUnhealthy'] });
    fleet.ec2.makeSick(fleet.group.live[0]!.id);
    await fleet.minutes(60);
    expect(fleet.healthy()).toHaveLength(1);
    expect(fleet.group.live).toHaveLength(2);
    await fleet.asg('ResumeProcesses', { ScalingProcesses: ['ReplaceUnhealthy'] });
    await fleet.minutes(10);
    expect(fleet.healthy()).toHaveLength(2);
  });

  test('is deleted only when it is empty or by force', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await expect(fleet.asg('DeleteAutoScalingGroup')).rejects.toMatchObject({ name: 'ResourceInUse' });
    await fleet.asg('DeleteAutoScalingGroup', { ForceDelete: true });
    await fleet.minutes(5);
    expect(fleet.autoScaling.find('web')).toBeUndefined();
    expect(fleet.ec2.instances().every((instance) => instance.state === 'terminated')).toBe(true);
  });

  test('refuses what the model does not know', async () => {
    const fleet = await Fleet.start({ size: 0 });
    const base = { MinSize: 0, MaxSize: 1, LaunchTemplate: { LaunchTemplateId: fleet.templateId }, AvailabilityZones: ['eu-central-1a'] };
    await expect(fleet.asg('CreateAutoScalingGroup', { ...base, AutoScalingGroupName: 'x', MaxInstanceLifetime: 1 })).rejects
      .toMatchObject({ name: 'NotModelled', message: expect.stringContaining('MaxInstanceLifetime') });
    await expect(fleet.asg('CreateAutoScalingGroup', base)).rejects.toMatchObject({ name: 'AlreadyExists' });
  });
});

describe('lifecycle hooks', () => {
  const hook = (transition: string, result: string) => ({
    settings: {
      LifecycleHookSpecificationList: [{ LifecycleHookName: 'wait', LifecycleTransition: transition, HeartbeatTimeout: 600, DefaultResult: result }],
    },
    size: 1,
  });

  test('hold an instance back until they are completed', async () => {
    const fleet = await Fleet.start(hook('autoscaling:EC2_INSTANCE_LAUNCHING', 'ABANDON'));
    const [member] = fleet.group.live;
    expect(member!.lifecycle).toBe('Pending:Wait');
    await fleet.asg('CompleteLifecycleAction', { LifecycleHookName: 'wait', InstanceId: member!.id, LifecycleActionResult: 'CONTINUE' });
    expect(member!.lifecycle).toBe('InService');
  });

  test('do what they do by default when nobody answers', async () => {
    const fleet = await Fleet.start(hook('autoscaling:EC2_INSTANCE_LAUNCHING', 'CONTINUE'));
    const { id } = fleet.group.live[0]!;
    await fleet.minutes(10);
    expect(fleet.group.members.get(id)!.lifecycle).toBe('InService');
  });
});
