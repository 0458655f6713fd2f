import { Ec2Service } from '../../../golden-images/src/world/ec2';
import { IamService } from '../../../golden-images/src/world/iam';
import { Properties, Service, World } from '../../../golden-images/src/world/kernel';
import { KmsService } from '../../../golden-images/src/world/kms';
import { S3Service } from '../../../golden-images/src/world/s3';
import { SqsService } from '../../../golden-images/src/world/sqs';

function caller(type: new (world: World) => Service) {
  const world = new World();
  return async (operation: string, input: object = {}): Promise<Properties> => world.call(world.get(type), operation, input as Properties);
}

const refused = (name: string) => expect.objectContaining({ code: 'NotModelled', message: expect.stringContaining(name) });

test('IAM lists by path and in pages', async () => {
  const call = caller(IamService);
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] });
  for (const RoleName of ['a', 'b', 'c']) await call('CreateRole', { RoleName, Path: RoleName === 'c' ? '/other/' : '/team/', AssumeRolePolicyDocument });
  const first = await call('ListRoles', { PathPrefix: '/team/', MaxItems: 1 });
  const second = await call('ListRoles', { PathPrefix: '/team/', MaxItems: 1, Marker: first.Marker });
  expect([first, second].map(({ Roles, IsTruncated }) => [Roles.map(({ RoleName }: Properties) => RoleName), IsTruncated])).toEqual([[['a'], true], [['b'], false]]);
  for (const name of ['service-role/AmazonEC2ContainerServiceRole', 'AmazonSSMManagedInstanceCore']) await call('AttachRolePolicy', { RoleName: 'a', PolicyArn: `arn:aws:iam::aws:policy/${name}` });
  const { AttachedPolicies } = await call('ListAttachedRolePolicies', { RoleName: 'a', PathPrefix: '/service-role/' });
  expect(AttachedPolicies.map(({ PolicyName }: Properties) => PolicyName)).toEqual(['AmazonEC2ContainerServiceRole']);
  await expect(call('ListRolePolicies', { RoleName: 'a', Foo: 1 })).rejects.toEqual(refused('iam:ListRolePolicies Foo'));
});

test('KMS lists the aliases of a key, and in pages', async () => {
  const call = caller(KmsService);
  const keys = [(await call('CreateKey')).KeyMetadata.KeyId, (await call('CreateKey')).KeyMetadata.KeyId];
  await call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: keys[0] });
  await call('CreateAlias', { AliasName: 'alias/b', TargetKeyId: keys[1] });
  const { Aliases } = await call('ListAliases', { KeyId: keys[1] });
  expect(Aliases.map(({ AliasName }: Properties) => AliasName)).toEqual(['alias/b']);
  const { Keys, Truncated, NextMarker } = await call('ListKeys', { Limit: 1 });
  expect([Keys.length, Truncated]).toEqual([1, true]);
  expect((await call('ListKeys', { Limit: 1, Marker: NextMarker })).Keys[0].KeyId).not.toBe(Keys[0].KeyId);
  await expect(call('ListKeys', { Foo: 1 })).rejects.toEqual(refused('kms:ListKeys Foo'));
});

test('EC2 tells of its one region, filtered, and refuses another', async () => {
  const call = caller(Ec2Service);
  const regions = async (input: object): Promise<string[]> => (await call('DescribeRegions', input)).Regions.map(({ RegionName }: Properties) => RegionName);
  expect(await regions({ RegionNames: ['eu-central-1'] })).toEqual(['eu-central-1']);
  expect(await regions({ Filters: [{ Name: 'opt-in-status', Values: ['opted-in'] }] })).toEqual([]);
  expect(await regions({ Filters: [{ Name: 'endpoint', Values: ['*eu-central*'] }] })).toEqual(['eu-central-1']);
  await expect(regions({ Filters: [{ Name: 'nonsense', Values: ['x'] }] })).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  await expect(regions({ RegionNames: ['us-east-1'] })).rejects.toEqual(refused('us-east-1'));
});

test('S3 and SQS list by prefix and in pages', async () => {
  const s3 = caller(S3Service);
  for (const Bucket of ['aaa', 'bbb', 'bcc']) await s3('CreateBucket', { Bucket });
  const first = await s3('ListBuckets', { Prefix: 'b', MaxBuckets: 1 });
  expect(first.Buckets.map(({ Name }: Properties) => Name)).toEqual(['bbb']);
  expect((await s3('ListBuckets', { Prefix: 'b', ContinuationToken: first.ContinuationToken })).Buckets.map(({ Name }: Properties) => Name)).toEqual(['bcc']);
  const sqs = caller(SqsService);
  for (const QueueName of ['a', 'b']) await sqs('CreateQueue', { QueueName });
  const { QueueUrls, NextToken } = await sqs('ListQueues', { MaxResults: 1 });
  expect((await sqs('ListQueues', { NextToken })).QueueUrls[0]).not.toBe(QueueUrls[0]);
});
