import { CloudFormationService } from '../../../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../../../golden-images/src/world/ec2';
import { Properties, World } from '../../../../golden-images/src/world/kernel';
import { LoadBalancingService } from '../../../../golden-images/src/world/load-balancing';

/** What a template's only resource is refused with. */
async function refusal(type: string, properties: Properties): Promise<string> {
  const world = new World();
  const cloudFormation = world.get(CloudFormationService);
  cloudFormation.register([world.get(Ec2Service), world.get(LoadBalancingService)]);
  const body = JSON.stringify({ Resources: { It: { Type: type, Properties: properties } } });
  await world.call(cloudFormation, 'CreateStack', { StackName: 's', TemplateBody: body });
  await world.timeline.runUntil(world.now + 3_600_000);
  const { StackEvents } = await world.call(cloudFormation, 'DescribeStackEvents', { StackName: 's' });
  const failed = (StackEvents as Properties[]).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  return String(failed?.ResourceStatusReason);
}

const template = (data: Properties): Properties => ({ LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', ...data } });

test.each<[Properties, RegExp]>([
  [{ MetadataOptions: { HttpToken: 'required' } }, /does not model ec2 LaunchTemplateData\.MetadataOptions HttpToken/],
  [{ BlockDeviceMappings: [{ DeviceName: '/dev/xvda' }, { DeviceName: '/dev/xvdb', Ebs: { Size: 8 } }] }, /LaunchTemplateData\.BlockDeviceMappings\.Ebs Size/],
  [{ InstanceRequirements: { VCpuCount: { Minimum: 2 } } }, /LaunchTemplateData\.InstanceRequirements\.VCpuCount Minimum/],
  [{ Monitoring: 'yes' }, /LaunchTemplateData\.Monitoring that is no structure/],
  [{ UserData: '#!/bin/bash' }, /Invalid BASE64 encoding of user data/],
  [{ UserData: 'b25' }, /Invalid BASE64 encoding of user data/],
])('CloudFormation refuses the launch template data %j', async (data, reason) => {
  expect(await refusal('AWS::EC2::LaunchTemplate', template(data))).toMatch(reason);
});

test('launch template data is taken where each member is known', async () => {
  const data = {
    UserData: Buffer.from('#!/bin/bash\n').toString('base64'),
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3', Encrypted: true } }],
    MetadataOptions: { HttpTokens: 'required' },
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: 'b' }] }],
    NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: [] }],
  };
  expect(await refusal('AWS::EC2::LaunchTemplate', template(data))).toBe('undefined');
});

test.each<[string, Properties, RegExp]>([
  ['AWS::EC2::SecurityGroup', {}, /^Properties validation failed for resource It with message: #: required key \[GroupDescription\] not found/],
  ['AWS::EC2::SecurityGroup', { GroupDescription: 'über' }, /Invalid security group description/],
  ['AWS::EC2::LaunchTemplate', {}, /required key \[LaunchTemplateData\] not found/],
])('CloudFormation refuses %s with %j', async (type, properties, reason) => {
  expect(await refusal(type, properties)).toMatch(reason);
});

test('EC2 refuses user data that is no base64, and a group without description', async () => {
  const world = new World();
  const ec2 = world.get(Ec2Service);
  const call = async (operation: string, input: Properties): Promise<Properties> => world.call(ec2, operation, input);
  await expect(call('RunInstances', { ImageId: ec2.registerImage({ name: 'a', architecture: 'x86_64' }), MinCount: 1, MaxCount: 1, UserData: 'no base64!' }))
    .rejects.toMatchObject({ code: 'InvalidUserData.Malformed' });
  await expect(call('CreateSecurityGroup', { GroupName: 'g' })).rejects.toMatchObject({ code: 'MissingParameter' });
});

test('a load balancer takes the attributes of its type only', async () => {
  const world = new World();
  const { subnets } = { subnets: (await world.call(world.get(Ec2Service), 'DescribeSubnets', {})).Subnets as Properties[] };
  const loadBalancing = world.get(LoadBalancingService);
  const { arn } = loadBalancing.loadBalancers.create({ Name: 'web', Subnets: subnets.slice(0, 2).map(({ SubnetId }) => SubnetId) });
  const modify = async (Key: string): Promise<unknown> => world.call(loadBalancing, 'ModifyLoadBalancerAttributes', { LoadBalancerArn: arn, Attributes: [{ Key, Value: 'true' }] });
  await modify('routing.http.drop_invalid_header_fields.enabled');
  await expect(modify('dns_record.client_routing_policy')).rejects.toMatchObject({ code: 'ValidationError' });
  await expect(modify('idle_timeout')).rejects.toThrow("Load balancer attribute key 'idle_timeout' is not recognized");
});
