import { checkConstraints } from '../../../../golden-images/src/world/cloudformation/engine/property-constraints';

test.each<[string, object, string]>([
  ['AWS::SSM::Parameter', { Name: '/a', Type: 'string', Value: 'x' }, "Value 'string' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [String"],
  ['AWS::SSM::Parameter', { Name: '/a', Type: 'String', Value: 'x', Tier: 'Gold' }, "Value 'Gold' at 'tier'"],
  ['AWS::EC2::LaunchTemplate', { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'maybe' } } }, "Value 'maybe' at 'launchTemplateData.MetadataOptions.HttpTokens'"],
  ['AWS::Events::Rule', { State: 'on' }, "Value 'on' at 'state'"],
  ['AWS::Lambda::Function', { Architectures: ['sparc'] }, "Value 'sparc' at 'architectures[0]'"],
  ['AWS::Lambda::Function', { MemorySize: '1' }, "Value '1' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128"],
  ['AWS::KMS::Key', { KeySpec: 'x' }, "Value 'x' at 'keySpec'"],
  ['AWS::Scheduler::Schedule', { FlexibleTimeWindow: { Mode: 'X' } }, "Value 'X' at 'flexibleTimeWindow.Mode'"],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', { Protocol: 'FTP' }, "Value 'FTP' at 'protocol'"],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckIntervalSeconds: 1 }, "Value '1' at 'healthCheckIntervalSeconds'"],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 70000 }, "Value '70000' at 'port'"],
  ['AWS::ImageBuilder::ImagePipeline', { Status: 'ON' }, "Value 'ON' at 'status'"],
  ['AWS::ImageBuilder::InfrastructureConfiguration', { InstanceMetadataOptions: { HttpPutResponseHopLimit: 0 } }, "'instanceMetadataOptions.httpPutResponseHopLimit'"],
])('%s %j is refused', (type, properties, message) => {
  expect(() => checkConstraints(type, properties)).toThrow(message);
});

test('what is right, numbers as texts and types without an input of their own are let through', () => {
  expect(() => checkConstraints('AWS::Lambda::Function', { MemorySize: '128', Timeout: 3, Architectures: ['arm64'] })).not.toThrow();
  expect(() => checkConstraints('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1', MaxSize: '3', VPCZoneIdentifier: ['subnet-1', 'subnet-2'] })).not.toThrow();
  expect(() => checkConstraints('AWS::S3::Bucket', { BucketName: '?' })).not.toThrow();
});
