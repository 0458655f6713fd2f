import {
  AutoScalingClient, DescribeAutoScalingGroupsCommand, DescribeInstanceRefreshesCommand, InstanceRefreshInProgressFault, StartInstanceRefreshCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeImagesCommand, DescribeInstanceImageMetadataCommand, DescribeLaunchTemplateVersionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Fleet } from './fleet';
import { inProcessHandler } from '../../../../golden-images/src/wire/in-process';

const configuration = (fleet: Fleet) => ({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  requestHandler: inProcessHandler(fleet.world),
  maxAttempts: 1,
});

test('SDK clients see the fleet, its refreshes and its errors as they see those of AWS', async () => {
  const fleet = await Fleet.start({ size: 2 });
  const autoScaling = new AutoScalingClient(configuration(fleet));
  const Version = await fleet.version(fleet.next);
  const start = new StartInstanceRefreshCommand({
    AutoScalingGroupName: 'web',
    DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: fleet.templateId, Version } },
    Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 100, CheckpointPercentages: [50, 100], CheckpointDelay: 60 },
  });
  const { InstanceRefreshId } = await autoScaling.send(start);
  await expect(autoScaling.send(start)).rejects.toBeInstanceOf(InstanceRefreshInProgressFault);
  await fleet.minutes(1);
  const { InstanceRefreshes } = await autoScaling.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: 'web' }));
  expect(InstanceRefreshes![0]).toMatchObject({
    InstanceRefreshId,
    Status: 'InProgress',
    InstancesToUpdate: 2,
    StartTime: expect.any(Date),
    Preferences: { CheckpointPercentages: [50, 100], CheckpointDelay: 60, SkipMatching: false },
    DesiredConfiguration: { LaunchTemplate: { Version } },
  });
  const { AutoScalingGroups } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['web'] }));
  expect(AutoScalingGroups![0]).toMatchObject({ DesiredCapacity: 2, HealthCheckType: 'ELB', Instances: expect.arrayContaining([]) });

  const ec2 = new EC2Client(configuration(fleet));
  const InstanceIds = AutoScalingGroups![0]!.Instances!.map((instance) => instance.InstanceId!);
  const { InstanceImageMetadata } = await ec2.send(new DescribeInstanceImageMetadataCommand({ InstanceIds }));
  expect(InstanceImageMetadata!.map((each) => each.ImageMetadata!.Name).sort()).toEqual(['good', 'good', 'next']);
  expect((await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }))).Images).toHaveLength(3);
  const versions = await ec2.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: fleet.templateId, ResolveAlias: true }));
  expect(versions.LaunchTemplateVersions!.map((each) => each.VersionNumber)).toEqual([2, 1]);

  const balancing = new ElasticLoadBalancingV2Client(configuration(fleet));
  const { TargetHealthDescriptions } = await balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn: fleet.targetGroupArn }));
  expect(TargetHealthDescriptions!.length).toBeGreaterThanOrEqual(2);
});
