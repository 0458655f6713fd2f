import { CloudWatchService } from '../../../golden-images/src/world/cloudwatch';
import { EcrService } from '../../../golden-images/src/world/ecr';
import { IamService } from '../../../golden-images/src/world/iam';
import { World, type ResourceContext, type Service } from '../../../golden-images/src/world/kernel';
import { KmsService } from '../../../golden-images/src/world/kms';
import { LogsService } from '../../../golden-images/src/world/logs';
import { S3Service } from '../../../golden-images/src/world/s3';
import { SnsService } from '../../../golden-images/src/world/sns';
import { StsService } from '../../../golden-images/src/world/sts';

const trust = { Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

let world: World;
const context: ResourceContext = {
  stackName: 'S', stackId: 'id', logicalId: 'L', tags: [{ Key: 'stack', Value: 'S' }], generateName: () => 'S-L-ABC',
};
const call = (type: new (world: World) => Service, operation: string, input: object): Promise<Record<string, unknown>> =>
  world.call(world.get(type), operation, input as Record<string, unknown>);
const resource = (type: new (world: World) => Service, name: string) => world.get(type).resourceTypes[name]!;

beforeEach(() => {
  world = new World();
});

describe('S3', () => {
  beforeEach(async () => {
    await call(S3Service, 'CreateBucket', { Bucket: 'bucket' });
  });

  test('keeps versions and puts delete markers only where versioning is on', async () => {
    const s3 = world.get(S3Service);
    s3.putObject('bucket', 'k', Buffer.from('0'));
    await call(S3Service, 'PutBucketVersioning', { Bucket: 'bucket', VersioningConfiguration: { Status: 'Enabled' } });
    const { VersionId } = await call(S3Service, 'PutObject', { Bucket: 'bucket', Key: 'k', Body: Buffer.from('1') });
    await call(S3Service, 'DeleteObject', { Bucket: 'bucket', Key: 'k' });
    expect(s3.object('bucket', 'k')).toBeUndefined();
    await expect(call(S3Service, 'GetObject', { Bucket: 'bucket', Key: 'k', VersionId })).resolves.toMatchObject({ Body: Buffer.from('1') });
    const { Versions, DeleteMarkers } = await call(S3Service, 'ListObjectVersions', { Bucket: 'bucket' }) as Record<string, unknown[]>;
    expect([Versions!.length, DeleteMarkers!.length]).toEqual([2, 1]);
    await expect(call(S3Service, 'DeleteBucket', { Bucket: 'bucket' })).rejects.toMatchObject({ code: 'BucketNotEmpty', status: 409 });
  });

  test('puts uploads together in the order of their parts, and refuses parts it has not', async () => {
    const { UploadId } = await call(S3Service, 'CreateMultipartUpload', { Bucket: 'bucket', Key: 'big' });
    const parts = [];
    for (const [PartNumber, Body] of [[2, 'b'], [1, 'a']] as const) {
      const { ETag } = await call(S3Service, 'UploadPart', { Bucket: 'bucket', Key: 'big', UploadId, PartNumber, Body });
      parts.unshift({ PartNumber, ETag });
    }
    await expect(call(S3Service, 'CompleteMultipartUpload', { Bucket: 'bucket', Key: 'big', UploadId, MultipartUpload: { Parts: [{ PartNumber: 3, ETag: 'x' }] } }))
      .rejects.toMatchObject({ code: 'InvalidPart' });
    await call(S3Service, 'CompleteMultipartUpload', { Bucket: 'bucket', Key: 'big', UploadId, MultipartUpload: { Parts: parts } });
    expect(world.get(S3Service).object('bucket', 'big')?.toString()).toBe('ab');
  });

  test('lists in pages and by common prefix, and reads ranges', async () => {
    for (const key of ['a/1', 'a/2', 'b', 'c']) world.get(S3Service).putObject('bucket', key, Buffer.from('hello'));
    const first = await call(S3Service, 'ListObjectsV2', { Bucket: 'bucket', MaxKeys: 3 });
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 3 });
    await expect(call(S3Service, 'ListObjectsV2', { Bucket: 'bucket', ContinuationToken: first.NextContinuationToken }))
      .resolves.toMatchObject({ Contents: [{ Key: 'c' }], IsTruncated: false });
    await expect(call(S3Service, 'ListObjectsV2', { Bucket: 'bucket', Delimiter: '/' }))
      .resolves.toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }], Contents: [{ Key: 'b' }, { Key: 'c' }] });
    await expect(call(S3Service, 'GetObject', { Bucket: 'bucket', Key: 'b', Range: 'bytes=1-2' })).resolves.toMatchObject({ Body: Buffer.from('el') });
  });

  test.each([['NoSuchBucket', 'GetObject', { Bucket: 'other', Key: 'k' }], ['NoSuchKey', 'GetObject', { Bucket: 'bucket', Key: 'k' }],
    ['InvalidBucketName', 'CreateBucket', { Bucket: 'Upper' }], ['BucketAlreadyOwnedByYou', 'CreateBucket', { Bucket: 'bucket' }],
    ['NotModelled', 'PutObject', { Bucket: 'bucket', Key: 'k', WebsiteRedirectLocation: '/' }]])('answers %s to %s', async (code, operation, input) => {
    await expect(call(S3Service, operation, input)).rejects.toMatchObject({ code });
  });

  test('a bucket of a template gives back its versioning, encryption and attributes', async () => {
    const type = resource(S3Service, 'AWS::S3::Bucket');
    const rule = { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } };
    const properties = { BucketName: 'assets', VersioningConfiguration: { Status: 'Enabled' }, BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } };
    await type.create(context, properties);
    await expect(call(S3Service, 'GetBucketVersioning', { Bucket: 'assets' })).resolves.toEqual({ Status: 'Enabled' });
    await expect(call(S3Service, 'GetBucketEncryption', { Bucket: 'assets' })).resolves.toMatchObject({
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
    });
    expect(type.attribute('assets', 'RegionalDomainName', properties)).toBe('assets.s3.eu-central-1.amazonaws.com');
    expect(() => type.attribute('assets', 'WebsiteURL', properties)).toThrow('WebsiteURL');
  });
});

describe('IAM and STS', () => {
  const role = (properties: object = {}) =>
    resource(IamService, 'AWS::IAM::Role').create(context, { RoleName: 'r', Path: '/p/', AssumeRolePolicyDocument: trust, ...properties });

  test('a role has an ARN with its path, and only a role that exists can be assumed', async () => {
    const RoleArn = 'arn:aws:iam::123456789012:role/p/r';
    await expect(call(StsService, 'AssumeRole', { RoleArn, RoleSessionName: 's' })).rejects.toMatchObject({ code: 'AccessDenied', status: 403 });
    await role();
    await expect(call(IamService, 'GetRole', { RoleName: 'r' })).resolves.toMatchObject({ Role: { Arn: RoleArn, Tags: [{ Key: 'stack', Value: 'S' }] } });
    await expect(call(StsService, 'AssumeRole', { RoleArn, RoleSessionName: 's' })).resolves.toMatchObject({
      AssumedRoleUser: { Arn: 'arn:aws:sts::123456789012:assumed-role/r/s' },
    });
  });

  test.each([
    ['no trust policy', { AssumeRolePolicyDocument: undefined }, 'MalformedPolicyDocument'],
    ['a trust policy without principal', { AssumeRolePolicyDocument: allow }, 'MalformedPolicyDocument'],
    ['an inline policy with a principal', { Policies: [{ PolicyName: 'p', PolicyDocument: trust }] }, 'MalformedPolicyDocument'],
    ['a managed policy that does not exist', { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/none'] }, 'NoSuchEntity'],
    ['a name that is too long', { RoleName: 'r'.repeat(65) }, 'ValidationError'],
  ])('a role with %s is refused', (_, properties, code) => {
    expect(() => role(properties)).toThrow(expect.objectContaining({ code }));
  });

  test('policies attach to roles and come off again; a role in an instance profile cannot be deleted', async () => {
    await role();
    const managed = resource(IamService, 'AWS::IAM::ManagedPolicy');
    const arn = await managed.create(context, { PolicyDocument: allow, Roles: ['r'] });
    await expect(call(IamService, 'ListAttachedRolePolicies', { RoleName: 'r' })).resolves.toMatchObject({ AttachedPolicies: [{ PolicyArn: arn }] });
    await managed.delete(context, arn, { PolicyDocument: allow, Roles: ['r'] });
    const profile = await resource(IamService, 'AWS::IAM::InstanceProfile').create(context, { Roles: ['r'] });
    expect(() => resource(IamService, 'AWS::IAM::Role').delete(context, 'r', {})).toThrow(expect.objectContaining({ code: 'DeleteConflict' }));
    await resource(IamService, 'AWS::IAM::InstanceProfile').delete(context, profile, {});
    await resource(IamService, 'AWS::IAM::Role').delete(context, 'r', {});
    await expect(call(IamService, 'GetRole', { RoleName: 'r' })).rejects.toMatchObject({ code: 'NoSuchEntity', status: 404 });
  });

  test('an inline policy moves from role to role', async () => {
    await role();
    await role({ RoleName: 'second' });
    const type = resource(IamService, 'AWS::IAM::Policy');
    const before = { PolicyName: 'p', PolicyDocument: allow, Roles: ['r'] };
    const id = await type.create(context, before);
    await type.update!(context, id, { ...before, Roles: ['second'] }, before);
    const inline = (name: string) => [...world.get(IamService).roles.required(name).inline.keys()];
    expect([inline('r'), inline('second')]).toEqual([[], ['p']]);
  });
});

describe('KMS', () => {
  test('a key is found by any of its names until its deletion is due', async () => {
    const id = await resource(KmsService, 'AWS::KMS::Key').create(context, { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] } });
    await resource(KmsService, 'AWS::KMS::Alias').create(context, { AliasName: 'alias/mine', TargetKeyId: id });
    const kms = world.get(KmsService);
    expect(['alias/mine', id, world.arn('kms', `key/${id}`), world.arn('kms', 'alias/mine')].map((name) => kms.keyState(name))).toEqual(Array(4).fill('Enabled'));
    await resource(KmsService, 'AWS::KMS::Key').delete(context, id, { PendingWindowInDays: 7 });
    expect(kms.keyState(id)).toBe('PendingDeletion');
    expect(world.timeline.pending).toBe(false);
    await world.timeline.runUntil(world.now + 8 * 86_400_000);
    await expect(call(KmsService, 'DescribeKey', { KeyId: 'alias/mine' })).rejects.toMatchObject({ code: 'NotFoundException' });
  });

  test('keys that AWS manages exist from their first use', async () => {
    await expect(call(KmsService, 'DescribeKey', { KeyId: 'alias/aws/ebs' })).resolves.toMatchObject({ KeyMetadata: { KeyManager: 'AWS', KeyState: 'Enabled' } });
  });
});

describe('logs, SNS, ECR', () => {
  test('lines are kept, with the time of the world', async () => {
    const logs = world.get(LogsService);
    logs.write('/aws/lambda/f', 'one');
    await world.timeline.runUntil(world.now + 1000);
    logs.write('/aws/lambda/f', 'two');
    expect(logs.lines('/aws/lambda/f').map(({ at, text }) => [world.now - at, text])).toEqual([[1000, 'one'], [0, 'two']]);
    expect(() => resource(LogsService, 'AWS::Logs::LogGroup').create(context, { RetentionInDays: 8 })).toThrow('retention 8');
    await expect(call(LogsService, 'CreateLogGroup', { logGroupName: '/aws/lambda/f' })).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException' });
  });

  describe('lines in the embedded metric format', () => {
    const line = (more: Record<string, unknown> = {}, metric: Record<string, unknown> = { Name: 'Trouble', Unit: 'Count' }) => JSON.stringify({
      _aws: { Timestamp: world.now, CloudWatchMetrics: [{ Namespace: 'Shop', Dimensions: [['stack'], []], Metrics: [metric] }] },
      stack: 'a',
      Trouble: 2,
      event: 'frozen',
      ...more,
    });
    const sum = (dimensions: Array<{ Name: string; Value: string }>, name = 'Trouble', namespace = 'Shop') =>
      world.get(CloudWatchService).series(namespace, name, dimensions).statistic('Sum', world.now, world.now + 1);
    const write = (text: string) => world.get(LogsService).write('/aws/lambda/f', text);

    test('become metrics, one a dimension set', () => {
      write(line());
      write(line({ Trouble: [3, 4] }));
      expect([sum([{ Name: 'stack', Value: 'a' }]), sum([])]).toEqual([9, 9]);
    });

    test.each([
      ['other lines', 'frozen'], ['JSON of another kind', '{"Trouble":2}'], ['a line with something before it', `INFO ${'{"_aws":{"CloudWatchMetrics":[]}}'}`],
      ['half of a line', '{"_aws":{"CloudWatchMetrics":['],
    ])('%s do not', (_, text) => {
      write(text);
      expect(sum([], 'EMFValidationErrors', 'AWS/Logs')).toBeUndefined();
    });

    test.each([['no value', { Trouble: undefined }], ['a text as value', { Trouble: '2' }], ['a dimension without a value', { stack: undefined }]])('%s: none, and AWS counts the mistake', (_, more) => {
      write(line(more));
      expect(sum([])).toBeUndefined();
      expect(sum([{ Name: 'LogGroupName', Value: '/aws/lambda/f' }], 'EMFValidationErrors', 'AWS/Logs')).toBe(1);
    });

    test('of high resolution are refused by name', () => {
      expect(() => write(line({}, { Name: 'Trouble', StorageResolution: 1 }))).toThrow(/metrics of high resolution/);
    });
  });

  test('metric filters are refused by name', async () => {
    await expect(call(LogsService, 'PutMetricFilter', {})).rejects.toThrow(/PutMetricFilter/);
  });

  test('what is published is kept, for topics that exist', async () => {
    const TopicArn = await resource(SnsService, 'AWS::SNS::Topic').create(context, { TopicName: 't' });
    await call(SnsService, 'Publish', { TopicArn, Message: 'm', Subject: 's' });
    expect(world.get(SnsService).published).toEqual([{ topicArn: TopicArn, subject: 's', message: 'm', at: world.now }]);
    await expect(call(SnsService, 'Publish', { TopicArn: `${TopicArn}x`, Message: 'm' })).rejects.toMatchObject({ code: 'NotFound', status: 404 });
  });

  test('a repository of a template can be described and is gone after its deletion', async () => {
    const type = resource(EcrService, 'AWS::ECR::Repository');
    await type.create(context, { RepositoryName: 'assets', ImageTagMutability: 'IMMUTABLE' });
    await expect(call(EcrService, 'DescribeRepositories', { repositoryNames: ['assets'] })).resolves.toMatchObject({ repositories: [{ imageTagMutability: 'IMMUTABLE' }] });
    await type.delete(context, 'assets', {});
    await expect(call(EcrService, 'DescribeRepositories', { repositoryNames: ['assets'] })).rejects.toMatchObject({ code: 'RepositoryNotFoundException' });
  });
});
