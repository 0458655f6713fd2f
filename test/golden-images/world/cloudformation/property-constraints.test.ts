import { checkConstraints } from '../../../../golden-images/src/world/cloudformation/engine/property-constraints';
import { literalViolations } from '../../constraints/template';

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
  ['AWS::ImageBuilder::ImageRecipe', { Components: [{ ComponentArn: 'arn', Parameters: [] }] }, "Value '[]' at 'components[0].parameters'"],
  ['AWS::ImageBuilder::ImagePipeline', { Status: 'ON' }, "Value 'ON' at 'status'"],
  ['AWS::ImageBuilder::InfrastructureConfiguration', { InstanceMetadataOptions: { HttpPutResponseHopLimit: 0 } }, "'instanceMetadataOptions.httpPutResponseHopLimit'"],
  // Where names and shapes differ from those of the API.
  ['AWS::AutoScaling::AutoScalingGroup', { Cooldown: '60', MetricsCollection: [{ Granularity: '' }] }, "at 'granularity'"],
  ['AWS::CodeBuild::Project', { Source: { Type: 'SVN' } }, "Value 'SVN' at 'source.type'"],
  ['AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'eu-central-1', TableClass: 'GOLD' }] }, "Value 'GOLD' at 'tableClass'"],
  ['AWS::Events::Rule', { Targets: [{ Id: 'a b', Arn: 'arn' }] }, "Value 'a b' at 'targets[0].Id'"],
  ['AWS::IAM::Role', { Policies: [{ PolicyName: 'ok', PolicyDocument: {} }, { PolicyName: 'a b', PolicyDocument: {} }] }, "Value 'a b' at 'policyName'"],
  ['AWS::KMS::Key', { Tags: [{ Key: '', Value: 'a' }] }, "at 'tags[0].TagKey'"],
  ['AWS::Lambda::Url', { TargetFunctionArn: 'arn', AuthType: 'SIGNED' }, "Value 'SIGNED' at 'authType'"],
  ['AWS::S3::Bucket', { VersioningConfiguration: { Status: 'On' } }, "Value 'On' at 'versioningConfiguration.Status'"],
  ['AWS::SSM::Parameter', { Tags: { 'a*b': 'c' } }, "Value 'a*b' at 'tags[0].Key'"],
])('%s %j is refused', (type, properties, message) => {
  expect(() => checkConstraints(type, properties)).toThrow(message);
});

test('what is right, numbers as texts and types without an input of their own are let through', () => {
  expect(() => checkConstraints('AWS::Lambda::Function', { MemorySize: '128', Timeout: 3, Architectures: ['arm64'] })).not.toThrow();
  expect(() => checkConstraints('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1', MaxSize: '3', VPCZoneIdentifier: ['subnet-1', 'subnet-2'] })).not.toThrow();
  expect(() => checkConstraints('AWS::S3::Bucket', { BucketName: 'a' })).not.toThrow();
  expect(() => checkConstraints('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Transitions: [{ StorageClass: 'Glacier' }] }] } })).not.toThrow();
  expect(() => checkConstraints('Custom::Thing', { Name: '?' })).not.toThrow();
});

test('a template is read without a deploy: what is literal in it is held to the models', () => {
  const recipe = (components: object[]) => ({ Type: 'AWS::ImageBuilder::ImageRecipe', Properties: { Name: { Ref: 'Name' }, Version: '1.0.x', Components: components } });
  const component = { 'Fn::GetAtt': ['Component', 'Arn'] };
  expect(literalViolations({ Resources: { Recipe: recipe([{ ComponentArn: component }]) } })).toEqual([]);
  expect(literalViolations({ Resources: { Recipe: recipe([{ ComponentArn: component, Parameters: [] }]) } })).toEqual([
    "Recipe (AWS::ImageBuilder::ImageRecipe): Value '[]' at 'components[0].parameters' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ]);
});
