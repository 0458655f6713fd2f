import { CreateAutoScalingGroupCommand, DescribeAutoScalingGroupsCommand, PutLifecycleHookCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateVersionCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { Road } from './road';
import { KmsService } from '../../../golden-images/src/world/kms';

describe('the fleet controller through the SDK', () => {
  test('brings a fleet to its first release, to the next, back from a sick one, and to a new configuration', async () => {
    const road = await Road.start(6, [], { trusting: true });
    const { fleet } = road;
    await road.release('1.0.0/1', fleet.good);
    await fleet.minutes(10);
    await road.release('1.0.1/1', fleet.next);
    expect(await road.until(1)).toMatchObject({ version: '1.0.1/1', outcome: 'committed', instancesTouched: 6 });
    expect(fleet.images()).toEqual({ next: 6 });

    await road.release('1.0.2/1', fleet.sick);
    const sick = await road.until(2);
    expect(sick).toMatchObject({ version: '1.0.2/1', outcome: 'rolled-back', instancesTouched: 1 });
    expect(Date.parse(sick.haltedAt!) - Date.parse(sick.startedAt)).toBeLessThan(600_000);
    expect(fleet.images()).toEqual({ next: 6 });

    await road.ec2.send(new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId: fleet.templateId, SourceVersion: '1', LaunchTemplateData: { UserData: Buffer.from('#!/bin/sh').toString('base64') },
    }));
    await road.release('1.0.3/1', fleet.good);
    await road.until(4);
    expect(road.state.history.slice(2)).toMatchObject([{ kind: 'image', outcome: 'committed' }, { kind: 'configuration', outcome: 'committed', instancesTouched: 6 }]);
    expect(fleet.images()).toEqual({ good: 6 });
  });

  test('rolls a group with a mixed instances policy, overrides and all', async () => {
    const road = await Road.start(3);
    const { fleet } = road;
    const template = { LaunchTemplateId: fleet.templateId, Version: '1' };
    await road.autoScaling.send(new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web',
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: template,
          Overrides: [{ InstanceType: 't3.small', LaunchTemplateSpecification: template }, { InstanceType: 't3.medium' }],
        },
      },
    }));
    await road.release('1.0.0/1', fleet.next);
    expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 3 });
    await road.release('1.0.1/1', fleet.sick);
    expect(await road.until(2)).toMatchObject({ outcome: 'rolled-back', instancesTouched: 1 });
    expect(fleet.images()).toEqual({ next: 3 });
    const { AutoScalingGroups: groups } = await road.autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['web'] }));
    const { LaunchTemplate: launch } = groups![0]!.MixedInstancesPolicy!;
    const version = launch!.LaunchTemplateSpecification!.Version;
    expect(Number(version)).toBeGreaterThan(1);
    expect(launch!.Overrides).toMatchObject([{ InstanceType: 't3.small', LaunchTemplateSpecification: { Version: version } }, { InstanceType: 't3.medium' }]);
  });

  test('a canary that EC2 ends, as in a Spot interruption, is tried again and not blamed', async () => {
    const road = await Road.start(3);
    const { fleet } = road;
    await road.release('1.0.0/1', fleet.good);
    await road.minutes(30);
    await road.release('1.0.1/1', fleet.next);
    const canary = () => fleet.group.live.find(({ id, lifecycle }) => lifecycle === 'InService' && fleet.ec2.instance(id)!.image.id === fleet.next);
    while (!canary()) await road.minutes(1 / 6);
    await road.ec2.send(new TerminateInstancesCommand({ InstanceIds: [canary()!.id] }));
    expect(await road.until(1)).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('EC2 ended 1') });
    expect(road.state).toMatchObject({ blocked: [], backoff: { attempts: 1 } });
    expect(await road.until(2)).toMatchObject({ version: '1.0.1/1', outcome: 'committed' });
  });

  test('brings one group after the other to a release, and both back from one that is revoked', async () => {
    const road = await Road.start(3, ['api']);
    const { fleet } = road;
    await road.autoScaling.send(new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'api',
      MinSize: 2,
      MaxSize: 4,
      LaunchTemplate: { LaunchTemplateId: fleet.templateId, Version: '1' },
      VPCZoneIdentifier: fleet.ec2.network.all('subnet').map(({ id }) => id).join(','),
    }));
    const images = () => fleet.autoScaling.require('api').live.map(({ id }) => fleet.ec2.instance(id)!.image.id);
    await fleet.minutes(10);
    await road.release('1.0.0/1', fleet.good);
    await road.minutes(10);
    await road.release('1.0.1/1', fleet.next);
    expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 5 });
    expect({ web: fleet.images(), api: images() }).toEqual({ web: { next: 3 }, api: [fleet.next, fleet.next] });
    await road.release('1.0.2/1', fleet.good);
    while (!images().includes(fleet.good)) await road.minutes(1 / 6);
    expect(fleet.images()).toEqual({ good: 3 });
    await road.revoke('1.0.2/1');
    expect(await road.until(2)).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('revoked') });
    expect({ web: fleet.images(), api: images() }).toEqual({ web: { next: 3 }, api: [fleet.next, fleet.next] });
  });

  test('a template with a snapshot among its devices is rolled, snapshot and all, and no version is made twice', async () => {
    const road = await Road.start(3, [], { trusting: true });
    const { fleet } = road;
    await road.release('1.0.0/1', fleet.good);
    await road.minutes(30);
    const [snapshot] = [...fleet.ec2.images.snapshots.keys()];
    await road.ec2.send(new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId: fleet.templateId,
      SourceVersion: '1',
      LaunchTemplateData: { BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { SnapshotId: snapshot!, VolumeSize: 20 } }] },
    }));
    road.poke();
    expect(await road.until(1)).toMatchObject({ kind: 'configuration', outcome: 'committed', instancesTouched: 3 });
    const { versions } = fleet.ec2.launchTemplates.find(fleet.templateId)!;
    const data = [...versions.values()].map((each) => each.data.BlockDeviceMappings?.[0].Ebs.SnapshotId as string | undefined);
    expect(data.filter((each) => each !== undefined)).toEqual([snapshot, snapshot]);
  });

  test('a group with an instance maintenance policy is rolled within the bounds of the rollout', async () => {
    const road = await Road.start(4);
    const { fleet } = road;
    await road.autoScaling.send(new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web', InstanceMaintenancePolicy: { MinHealthyPercentage: 0, MaxHealthyPercentage: 100 },
    }));
    await road.release('1.0.0/1', fleet.good);
    await road.minutes(60);
    await road.release('1.0.1/1', fleet.next);
    fleet.lowestHealthy = Infinity;
    expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 4 });
    expect(fleet.lowestHealthy).toBeGreaterThanOrEqual(3);
  });

  test('an instance that is retained keeps no rollout waiting, and is reported until somebody ends it', async () => {
    const road = await Road.start(3);
    const { fleet } = road;
    await road.autoScaling.send(new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web', InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: 'retain' } },
    }));
    await road.autoScaling.send(new PutLifecycleHookCommand({
      AutoScalingGroupName: 'web', LifecycleHookName: 'drain', LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING', HeartbeatTimeout: 30,
    }));
    const retained = () => [...fleet.group.members.values()].filter(({ lifecycle }) => lifecycle === 'Terminating:Retained').map(({ id }) => id);
    await road.release('1.0.0/1', fleet.good);
    await road.minutes(30);
    await road.release('1.0.1/1', fleet.sick);
    expect(await road.until(1)).toMatchObject({ outcome: 'rolled-back' });
    expect(retained()).toHaveLength(1);
    await road.release('1.0.2/1', fleet.next);
    expect(await road.until(2)).toMatchObject({ outcome: 'committed', instancesTouched: 3 });
    expect(retained()).toHaveLength(4);
    expect(road.alerts.filter((event) => event === 'fleet-retained').length).toBeGreaterThan(0);
    await road.ec2.send(new TerminateInstancesCommand({ InstanceIds: retained() }));
    await road.minutes(5);
    expect(fleet.group.members.size).toBe(3);
    const before = road.alerts.length;
    await road.minutes(30);
    expect(road.alerts.length).toBe(before);
  });

  test('an image under a key that Auto Scaling may not use is never blamed, an operator is told, and it goes out once it may', async () => {
    const road = await Road.start(3);
    const { fleet } = road;
    const { keys } = fleet.world.get(KmsService);
    const statement = (principal: unknown, action: unknown) => ({ Effect: 'Allow', Principal: principal, Action: action, Resource: '*' });
    const key = keys.create({ policy: { Statement: [statement({ AWS: `arn:aws:iam::${fleet.world.account}:root` }, 'kms:*')] } });
    const locked = fleet.ec2.registerImage({ name: 'locked', architecture: 'x86_64', blockDevices: [{ deviceName: '/dev/xvda', encrypted: true, kmsKeyId: key.arn }] });
    await road.release('1.0.0/1', fleet.good);
    await road.minutes(30);
    await road.release('1.0.1/1', locked);
    expect(await road.until(3)).toMatchObject({ version: '1.0.1/1', outcome: 'rolled-back' });
    expect(road.state.blocked).toEqual([]);
    await road.minutes(1);
    expect(fleet.images()).toEqual({ good: 3 });
    expect(road.alerts).toContain('fleet-waiting');
    const role = { AWS: `arn:aws:iam::${fleet.world.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling` };
    key.policy = {
      Statement: [
        statement(role, ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']),
        { ...statement(role, 'kms:CreateGrant'), Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
      ],
    };
    while (road.state.history[road.state.history.length - 1]!.outcome !== 'committed') await road.until(road.state.history.length + 1);
    expect(fleet.group.live.map(({ id }) => fleet.ec2.instance(id)!.image.id)).toEqual([locked, locked, locked]);
  });
});
