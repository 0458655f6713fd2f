import { Readable } from 'node:stream';
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ImagebuilderClient, ListImagesCommand } from '@aws-sdk/client-imagebuilder';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { LocalAws } from '../../golden-images/src/rehearsal/local-aws';
import { allServices, World } from '../../golden-images/src/world';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { IamService } from '../../golden-images/src/world/iam';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { StsService } from '../../golden-images/src/world/sts';

type Settings = ReturnType<typeof settings>;
type Send = (over: Settings) => Promise<object>;

let local: LocalAws;
beforeAll(async () => { local = await LocalAws.start(); });
afterAll(() => local.close());

const settings = (credentials: object = local.credentials): { endpoint: string; region: string; maxAttempts: number; credentials: never } =>
  ({ endpoint: local.url, region: local.world.region, maxAttempts: 1, credentials: credentials as never });
const guessed = (): object => ({ ...local.credentials, secretAccessKey: 'local' });
const unknown = (): object => ({ ...local.credentials, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' });

/** One call of each protocol, and what AWS calls it when the key is unknown and when the secret is wrong. */
const protocols: Array<[name: string, send: Send, unknownKey: string, wrongSecret: string, status: number]> = [
  ['Amazon EC2', (over) => new EC2Client(over).send(new DescribeImagesCommand({ Owners: ['self'] })), 'AuthFailure', 'AuthFailure', 401],
  ['STS', (over) => new STSClient(over).send(new GetCallerIdentityCommand({})), 'InvalidClientTokenId', 'SignatureDoesNotMatch', 403],
  ['Auto Scaling', (over) => new AutoScalingClient(over).send(new DescribeAutoScalingGroupsCommand({})), 'InvalidClientTokenId', 'SignatureDoesNotMatch', 403],
  ['Systems Manager', (over) => new SSMClient(over).send(new PutParameterCommand({ Name: 'a', Type: 'String', Value: 'b', Overwrite: true })), 'UnrecognizedClientException', 'InvalidSignatureException', 400],
  ['DynamoDB', (over) => new DynamoDBClient(over).send(new ListTablesCommand({})), 'UnrecognizedClientException', 'InvalidSignatureException', 400],
  ['SQS', (over) => new SQSClient(over).send(new ListQueuesCommand({})), 'UnrecognizedClientException', 'InvalidSignatureException', 400],
  ['CloudWatch', (over) => new CloudWatchClient(over).send(new DescribeAlarmsCommand({})), 'UnrecognizedClientException', 'InvalidSignatureException', 400],
  ['Lambda', (over) => new LambdaClient(over).send(new ListFunctionsCommand({})), 'UnrecognizedClientException', 'InvalidSignatureException', 403],
  ['Image Builder', (over) => new ImagebuilderClient(over).send(new ListImagesCommand({})), 'UnrecognizedClientException', 'InvalidSignatureException', 403],
  ['Amazon S3', (over) => new S3Client({ ...over, forcePathStyle: true }).send(new ListBucketsCommand({})), 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 403],
];

describe('whoever does not have the secret of this start', () => {
  test.each(protocols)('%s is answered, with it', async (_, send) => {
    await expect(send(settings())).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });

  test.each(protocols)('%s: an unknown key id and a wrong secret have the names that AWS gives them', async (_, send, unknownKey, wrongSecret, httpStatusCode) => {
    await expect(send(settings(unknown()))).rejects.toMatchObject({ name: unknownKey, $metadata: { httpStatusCode } });
    await expect(send(settings(guessed()))).rejects.toMatchObject({ name: wrongSecret, $metadata: { httpStatusCode } });
  });

  test.each<[what: string, change: (request: { headers: Record<string, string>; body: unknown }) => void]>([
    ['another body', (request) => { request.body = Buffer.from(JSON.stringify({ Name: 'seen', Type: 'String', Value: 'ours' })); }],
    ['another operation', ({ headers }) => { headers['x-amz-target'] = 'AmazonSSM.DeleteParameter'; }],
    ['another service', ({ headers }) => { headers.authorization = headers.authorization!.replace('/ssm/', '/lambda/'); }],
    ['a header more', ({ headers }) => { headers['x-amz-meta-a'] = 'b'; }],
  ])('cannot make %s of a request that was seen', async (_, change) => {
    const ssm = new SSMClient(settings());
    // After it was signed.
    ssm.middlewareStack.add((next) => (args) => {
      change(args.request as never);
      return next(args);
    }, { step: 'finalizeRequest', priority: 'low' });
    await expect(ssm.send(new PutParameterCommand({ Name: 'seen', Type: 'String', Value: 'mine' }))).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    await expect(new SSMClient(settings()).send(new GetParameterCommand({ Name: 'seen' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('cannot be a session: its secret and its token are random', async () => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }] };
    const { arn: RoleArn } = local.world.get(IamService).createRole({ RoleName: 'Operator', AssumeRolePolicyDocument: trust });
    const { Credentials: given } = await new STSClient(settings()).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ann' }));
    const session = { accessKeyId: given!.AccessKeyId, secretAccessKey: given!.SecretAccessKey, sessionToken: given!.SessionToken };
    const identity = (credentials: object): Promise<{ Arn?: string }> => new STSClient(settings(credentials)).send(new GetCallerIdentityCommand({}));
    expect((await identity(session)).Arn).toBe('arn:aws:sts::123456789012:assumed-role/Operator/ann');
    const number = session.accessKeyId!.slice(4, 16);
    await expect(identity({ ...session, secretAccessKey: `secret-${number}`, sessionToken: `session-${number}` })).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(identity({ ...session, secretAccessKey: `secret-${number}` })).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await expect(identity({ ...session, sessionToken: undefined })).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  test.each<[what: string, change: (authorization: string) => string]>([
    ['another key beside the one that signed', (text) => text.replace('Credential=', 'XCredential=local/20260101/eu-central-1/sts/aws4_request, Credential=')],
    ['another key after it', (text) => text.replace('/aws4_request', '/aws4_request Credential=local/20260101/eu-central-1/sts/aws4_request')],
    ['another service behind the one that was signed for', (text) => text.replace('/aws4_request', '/aws4_request/iam/aws4_request')],
  ])('cannot name %s', async (_, change) => {
    const world = local.world;
    const mallory = world.get(StsService).issue('arn:aws:sts::123456789012:assumed-role/Mallory/attack');
    const sts = new STSClient(settings(mallory));
    sts.middlewareStack.add((next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers.authorization = change(headers.authorization!);
      return next(args);
    }, { step: 'finalizeRequest', priority: 'low' });
    const told = await sts.send(new GetCallerIdentityCommand({})).then(({ Arn }) => Arn, ({ name }: Error) => name);
    expect([mallory.arn, 'IncompleteSignature']).toContain(told);
  });

  test('stores no object, in whatever form its body comes', async () => {
    const mine = new S3Client({ ...settings(), forcePathStyle: true });
    const theirs = new S3Client({ ...settings(guessed()), forcePathStyle: true });
    await mine.send(new CreateBucketCommand({ Bucket: 'assets', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }));
    const bodies: Array<() => { Body: string | Uint8Array | Readable; ContentLength?: number }> = [
      () => ({ Body: 'text' }), () => ({ Body: Buffer.from('text') }), () => ({ Body: Readable.from([Buffer.from('te'), Buffer.from('xt')]), ContentLength: 4 }),
    ];
    for (const body of bodies) {
      await expect(theirs.send(new PutObjectCommand({ Bucket: 'assets', Key: 'theirs', ...body() }))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
      await mine.send(new PutObjectCommand({ Bucket: 'assets', Key: 'mine', ...body() }));
      expect(await (await mine.send(new GetObjectCommand({ Bucket: 'assets', Key: 'mine' }))).Body!.transformToString()).toBe('text');
    }
    await expect(mine.send(new GetObjectCommand({ Bucket: 'assets', Key: 'theirs' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

test('whoever knows the seed cannot answer for a custom resource: the same seed gives another address', async () => {
  const addresses = await Promise.all([1, 1].map(async (seed) => {
    const world = new World({ seed });
    const cloudFormation = world.get(CloudFormationService);
    cloudFormation.register(allServices.map((service) => world.get(service)));
    const invoked: string[] = [];
    jest.spyOn(world.get(LambdaService), 'invoke').mockImplementation(async (_name, event) => {
      invoked.push((event as { ResponseURL: string }).ResponseURL);
      return { payload: null };
    });
    const ServiceToken = 'arn:aws:lambda:eu-central-1:123456789012:function:f';
    const TemplateBody = JSON.stringify({ Resources: { Mine: { Type: 'Custom::Mine', Properties: { ServiceToken } } } });
    await world.call(cloudFormation, 'CreateStack', { StackName: 's', TemplateBody });
    await world.timeline.runUntil(world.now + 60_000);
    return invoked[0]!;
  }));
  expect(addresses[0]).toMatch(/\/_cloudformation\/responses\/[0-9a-f-]{69}$/);
  expect(new Set(addresses).size).toBe(2);
});
