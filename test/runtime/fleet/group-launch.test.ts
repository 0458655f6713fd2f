import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { launchOf, specificationOf, unsupported, withVersion } from '../../../src/runtime/aws/fleet/group-launch';

const specification = { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', Version: '1' };
const mixed = (overrides: object[]): AutoScalingGroup => ({
  MixedInstancesPolicy: {
    LaunchTemplate: { LaunchTemplateSpecification: specification, Overrides: overrides },
    InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
  },
} as AutoScalingGroup);

describe('how a group names its launch template', () => {
  test('by itself: only the version changes', () => {
    const launch = launchOf({ LaunchTemplate: specification } as AutoScalingGroup)!;
    expect(specificationOf(launch)).toEqual(specification);
    expect(withVersion(launch, 'lt-1', '7', 'ami-2')).toEqual({ LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '7' } });
  });

  test('in a mixed instances policy: it goes as a whole, with every override that names a version or an AMI rewritten', () => {
    const launch = launchOf(mixed([
      { InstanceType: 'c7g.large', WeightedCapacity: '2' },
      { InstanceType: 'c6g.large', LaunchTemplateSpecification: specification },
      { InstanceType: 'm6g.large', ImageId: 'ami-1' },
    ]))!;
    const target = { LaunchTemplateId: 'lt-1', Version: '7' };
    expect(withVersion(launch, 'lt-1', '7', 'ami-2')).toEqual({
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: target,
          Overrides: [
            { InstanceType: 'c7g.large', WeightedCapacity: '2' },
            { InstanceType: 'c6g.large', LaunchTemplateSpecification: target },
            { InstanceType: 'm6g.large', ImageId: 'ami-2' },
          ],
        },
        InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
      },
    });
  });

  test.each([
    ['a launch configuration', { LaunchConfigurationName: 'old' } as AutoScalingGroup, /launch configuration/],
    ['instance types by attributes', mixed([{ InstanceRequirements: { VCpuCount: { Min: 2 } } }]), /by attributes/],
    ['an override with another template', mixed([{ InstanceType: 'c7g.large', LaunchTemplateSpecification: { LaunchTemplateId: 'lt-9' } }]), /another launch template/],
    ['instance types with weights', mixed([{ InstanceType: 'c7g.large', WeightedCapacity: '2' }]), /weights/],
    ['a warm pool', { LaunchTemplate: specification, WarmPoolConfiguration: { PoolState: 'Stopped' } } as AutoScalingGroup, /warm pool/],
    ['a warm pool that is being deleted', { LaunchTemplate: specification, WarmPoolConfiguration: { Status: 'PendingDelete' } } as AutoScalingGroup, /warm pool/],
  ])('%s cannot be rolled', (_, group, reason) => {
    expect(unsupported(group)).toMatch(reason);
  });

  test('overrides with the same template can, by id or by name', () => {
    expect(unsupported(mixed([{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1' } }]))).toBeUndefined();
    expect(unsupported(mixed([{ LaunchTemplateSpecification: { LaunchTemplateName: 'web' } }]))).toBeUndefined();
  });
});
