import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../golden-images/src/world/iam';
import { Service, World } from '../../../golden-images/src/world/kernel';
import { LoadBalancingService } from '../../../golden-images/src/world/load-balancing';
import { SnsService } from '../../../golden-images/src/world/sns';
import { SqsService } from '../../../golden-images/src/world/sqs';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';

/** What a comparison with another implementation once showed to be wrong: see test/differential. */
function caller<T extends Service>(type: new (world: World) => T) {
  const world = new World();
  const service = world.get(type);
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return { world, call: async (operation: string, input: object): Promise<any> => world.call(service, operation, input as Record<string, unknown>) };
}

const refused = (name: string) => expect.objectContaining({ name });

test('Parameter Store puts the good labels on a version and names the others', async () => {
  const { call } = caller(SsmService);
  await call('PutParameter', { Name: '/a', Value: '1', Type: 'String', Description: 'first' });
  const { InvalidLabels } = await call('LabelParameterVersion', { Name: '/a', Labels: ['1abc', 'aws-x', 'fine'] });
  expect(InvalidLabels).toEqual(['1abc', 'aws-x']);
  await call('PutParameter', { Name: '/a', Value: '2', Overwrite: true, Tier: 'Advanced' });
  const { Parameters } = await call('GetParameterHistory', { Name: '/a' });
  expect(Parameters[0]).toMatchObject({ Labels: ['fine'], Tier: 'Standard', Description: 'first' });
  expect(Parameters[1]).toMatchObject({ Labels: [], Tier: 'Advanced' });
});

test.each([
  [{ Name: 'aws-x' }, 'ValidationException'],
  [{ Name: '/aws/x' }, 'AccessDeniedException'],
  [{ Name: '/a', DataType: 'bogus' }, 'ValidationException'],
  [{ Name: '/a', Overwrite: true, Tags: [{ Key: 'k', Value: 'v' }] }, 'ValidationException'],
])('Parameter Store refuses %j', async (input, name) => {
  await expect(caller(SsmService).call('PutParameter', { Value: '1', Type: 'String', ...input })).rejects.toEqual(refused(name));
});

test('tags of a parameter that does not exist are refused by the id', async () => {
  await expect(caller(SsmService).call('ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/a' })).rejects.toEqual(refused('InvalidResourceId'));
});

test('EC2 says by the prefix of an id what is missing, and of which type what is tagged is', async () => {
  const { world, call } = caller(Ec2Service);
  const Tags = [{ Key: 'k', Value: 'v' }];
  await expect(call('CreateTags', { Resources: ['ami-0123456789abcdef0'], Tags })).rejects.toEqual(refused('InvalidAMIID.NotFound'));
  await expect(call('CreateTags', { Resources: ['nonsense'], Tags })).rejects.toEqual(refused('InvalidID'));
  const id = world.get(Ec2Service).registerImage({ name: 'web', architecture: 'x86_64' });
  await call('CreateTags', { Resources: [id], Tags });
  expect((await call('DescribeTags', { Filters: [{ Name: 'resource-id', Values: [id] }] })).Tags).toEqual([{ ResourceId: id, ResourceType: 'image', ...Tags[0] }]);
});

test('instances carry the launch template that launched them as tags', async () => {
  const { world, call } = caller(Ec2Service);
  const ImageId = world.get(Ec2Service).registerImage({ name: 'web', architecture: 'x86_64' });
  const { LaunchTemplate } = await call('CreateLaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData: { ImageId, InstanceType: 't3.micro' } });
  const { Instances } = await call('RunInstances', { LaunchTemplate: { LaunchTemplateName: 'web' }, MinCount: 1, MaxCount: 1 });
  expect(Instances[0].Tags).toEqual([
    { Key: 'aws:ec2launchtemplate:id', Value: LaunchTemplate.LaunchTemplateId }, { Key: 'aws:ec2launchtemplate:version', Value: '1' },
  ]);
  await expect(call('RunInstances', { ImageId, MinCount: 2, MaxCount: 1 })).rejects.toEqual(refused('InvalidParameterValue'));
});

test('a listener has a default rule, and one that does not exist cannot be deleted', async () => {
  const { world, call } = caller(LoadBalancingService);
  const subnets = world.get(Ec2Service).network.all('subnet');
  const { TargetGroups } = await call('CreateTargetGroup', { Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: subnets[0]!.data.vpcId });
  const { LoadBalancers } = await call('CreateLoadBalancer', { Name: 'web', Subnets: subnets.map((subnet) => subnet.id) });
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: TargetGroups[0].TargetGroupArn }];
  const { LoadBalancerArn } = LoadBalancers[0];
  const { Listeners: [{ ListenerArn }] } = await call('CreateListener', { LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions });
  expect((await call('DescribeRules', { ListenerArn })).Rules).toMatchObject([{ IsDefault: true, Priority: 'default', Actions: DefaultActions }]);
  await call('DeleteListener', { ListenerArn });
  await expect(call('DeleteListener', { ListenerArn })).rejects.toEqual(refused('ListenerNotFound'));
  await expect(call('CreateTargetGroup', { Name: '-bad', Protocol: 'HTTP', Port: 80, VpcId: subnets[0]!.data.vpcId })).rejects.toEqual(refused('ValidationError'));
});

test('SQS gives a message with no visibility timeout again at once, and knows the handles of its own queue only', async () => {
  const { call } = caller(SqsService);
  const { QueueUrl } = await call('CreateQueue', { QueueName: 'q' });
  const other = await call('CreateQueue', { QueueName: 'other' });
  await call('SendMessage', { QueueUrl, MessageBody: 'm' });
  await call('ReceiveMessage', { QueueUrl, VisibilityTimeout: 0 });
  const { Messages: [{ ReceiptHandle }] } = await call('ReceiveMessage', { QueueUrl });
  await expect(call('DeleteMessage', { ...other, ReceiptHandle })).rejects.toEqual(refused('ReceiptHandleIsInvalid'));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:123456789012:none', maxReceiveCount: 2 });
  await expect(call('SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy } })).rejects.toEqual(refused('InvalidParameterValue'));
});

test('documents that are no JSON and subjects that are too long are refused', async () => {
  await expect(caller(IamService).call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: 'nonsense' })).rejects.toEqual(refused('MalformedPolicyDocument'));
  const { call } = caller(SnsService);
  const topic = await call('CreateTopic', { Name: 't' });
  await expect(call('Publish', { ...topic, Message: 'm', Subject: 'x'.repeat(101) })).rejects.toEqual(refused('InvalidParameter'));
});
