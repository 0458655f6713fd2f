import { AutoScalingClient, DescribeAutoScalingGroupsCommand, StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateTagsCommand, DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateComponentCommand, GetImageCommand, ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { DeleteFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutBucketAclCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { createServer, HANDLER_HEADER, inProcessHandler, type WireServer } from '../../../golden-images/src/wire';
import { AwsError, Service, World, type Operation } from '../../../golden-images/src/world/kernel';

jest.mock('../../../golden-images/src/world', () => ({ allServices: [] }));

const config = { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

function serviceClass(signingName: string, operations: Record<string, Operation>, extra: object = {}): new (world: World) => Service {
  return class extends Service {
    public override readonly signingName = signingName;
    public override readonly operations = operations;

    public constructor(world: World) {
      super(world);
      Object.assign(this, extra);
    }
  };
}

/** One refused call, one call without a required member, one operation that no service knows; for each protocol. */
const protocols = [
  {
    name: 'query',
    signingName: 'autoscaling',
    missingCode: 'ValidationError',
    code: 'InstanceRefreshInProgress',
    seen: 'InstanceRefreshInProgressFault',
    operation: 'StartInstanceRefresh',
    client: (over: object) => new AutoScalingClient({ ...config, ...over }),
    call: () => new StartInstanceRefreshCommand({ AutoScalingGroupName: 'g' }),
    missing: () => new StartInstanceRefreshCommand({} as never),
    unknown: () => new DescribeAutoScalingGroupsCommand({}),
  },
  {
    name: 'ec2',
    signingName: 'ec2',
    missingCode: 'MissingParameter',
    code: 'InvalidAMIID.NotFound',
    seen: 'InvalidAMIID.NotFound',
    operation: 'CreateTags',
    client: (over: object) => new EC2Client({ ...config, ...over }),
    call: () => new CreateTagsCommand({ Resources: ['ami-1'], Tags: [{ Key: 'a', Value: 'b' }] }),
    missing: () => new CreateTagsCommand({ Resources: ['ami-1'] } as never),
    unknown: () => new DescribeImagesCommand({}),
  },
  {
    name: 'json',
    signingName: 'ssm',
    missingCode: 'ValidationException',
    code: 'ParameterNotFound',
    seen: 'ParameterNotFound',
    operation: 'GetParameter',
    client: (over: object) => new SSMClient({ ...config, ...over }),
    call: () => new GetParameterCommand({ Name: '/a' }),
    missing: () => new GetParameterCommand({} as never),
    unknown: () => new GetParametersByPathCommand({ Path: '/' }),
  },
  {
    name: 'json, query compatible',
    signingName: 'sqs',
    missingCode: 'ValidationException',
    code: 'QueueDoesNotExist',
    seen: 'QueueDoesNotExist',
    operation: 'GetQueueUrl',
    client: (over: object) => new SQSClient({ ...config, ...over }),
    call: () => new GetQueueUrlCommand({ QueueName: 'q' }),
    missing: () => new GetQueueUrlCommand({} as never),
    unknown: () => new DeleteQueueCommand({ QueueUrl: 'http://localhost/1/q' }),
  },
  {
    name: 'restJson',
    signingName: 'imagebuilder',
    missingCode: 'ValidationException',
    code: 'ResourceAlreadyExistsException',
    seen: 'ResourceAlreadyExistsException',
    operation: 'CreateComponent',
    client: (over: object) => new ImagebuilderClient({ ...config, ...over }),
    call: () => new CreateComponentCommand({ name: 'component', semanticVersion: '1.0.0', platform: 'Linux', clientToken: 't' }),
    missing: () => new CreateComponentCommand({ name: 'c' } as never),
    unknown: () => new GetImageCommand({ imageBuildVersionArn: 'arn' }),
  },
  {
    name: 'restXml',
    signingName: 's3',
    missingCode: 'InvalidRequest',
    code: 'NoSuchBucket',
    seen: 'NoSuchBucket',
    operation: 'ListObjectsV2',
    client: (over: object) => new S3Client({ ...config, forcePathStyle: true, ...over }),
    call: () => new ListObjectsV2Command({ Bucket: 'bucket' }),
    missing: undefined,
    unknown: () => new PutBucketAclCommand({ Bucket: 'bucket' }),
  },
  {
    name: 'cbor',
    signingName: 'monitoring',
    missingCode: 'ValidationException',
    code: 'LimitExceededFault',
    seen: 'LimitExceededFault',
    operation: 'PutMetricData',
    client: (over: object) => new CloudWatchClient({ ...config, protocol: AwsSmithyRpcV2CborProtocol, ...over } as never),
    call: () => new PutMetricDataCommand({ Namespace: 'n', MetricData: [{ MetricName: 'm', Timestamp: new Date(0), Value: 1.5 }] }),
    missing: () => new PutMetricDataCommand({} as never),
    unknown: () => new DescribeAlarmsCommand({}),
  },
];

describe.each(protocols)('$name', ({ signingName, operation, code, seen, missingCode, client, call, missing, unknown }) => {
  let refuse: boolean;
  let calls: unknown[];
  let world: World;
  let server: WireServer;
  let send: (command: object) => Promise<unknown>;

  beforeEach(async () => {
    refuse = false;
    calls = [];
    world = new World();
    const answer: Operation = (input) => {
      calls.push(input);
      if (refuse) throw new AwsError(code, 'because <of> & "so"');
      return {};
    };
    const services = [serviceClass(signingName, { [operation]: answer })];
    server = await createServer(world, { services });
    const overHttp = client({ endpoint: server.url, credentials: server.credentials }) as unknown as { send(command: object): Promise<unknown> };
    send = (command) => overHttp.send(command);
  });

  afterEach(() => server.close());

  test('an error arrives with its name, message and status, and is not repeated', async () => {
    refuse = true;
    await expect(send(call())).rejects.toMatchObject({ name: seen, message: 'because <of> & "so"' });
    expect(calls).toHaveLength(1);
  });

  test('an operation that the model does not know is refused by name, at once', async () => {
    const start = Date.now();
    await expect(send(unknown())).rejects.toMatchObject({
      name: 'NotModelled', message: expect.stringMatching(new RegExp(`${signingName}:[A-Z]\\w+`)), $metadata: { httpStatusCode: 501, attempts: 1 },
    });
    expect(Date.now() - start).toBeLessThan(1000);
  });

  if (missing) {
    test('a required member that is absent is refused before the service is called', async () => {
      await expect(send(missing())).rejects.toMatchObject({ name: missingCode, message: expect.stringContaining('Member must not be null') });
      expect(calls).toHaveLength(0);
    });
  }

  test('without a socket it is the same', async () => {
    const direct = client({ requestHandler: inProcessHandler(world, [serviceClass(signingName, { [operation]: () => ({}) })]) });
    const answer = (direct as unknown as { send(command: object): Promise<unknown> }).send(call());
    await expect(answer).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });
});

describe('a request', () => {
  const world = new World();
  let pathSeen: unknown;
  const services = [
    serviceClass('s3', { GetObject: (input) => ({ Body: Buffer.from([0, 255, 13, 10]), Metadata: { key: String(input.Key) } }) }),
    serviceClass('lambda', { Invoke: (input) => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: input.Payload }) }),
    serviceClass('cloudformation', {}, { respond: (token: string, body: string) => { pathSeen = { token, body }; } }),
    serviceClass('dynamodb', {}, {
      raw: (_headers: object, body: Uint8Array) => Promise.resolve({
        status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify({ TableNames: [Buffer.from(body).toString()] }),
      }),
    }),
  ];
  let server: WireServer;

  beforeAll(async () => {
    server = await createServer(world, { services });
  });
  afterAll(() => server.close());

  test('carries bytes in payloads both ways', async () => {
    const lambda = new LambdaClient({ ...config, endpoint: server.url, credentials: server.credentials });
    const payload = new Uint8Array([0, 255, 13, 10]);
    const result = await lambda.send(new InvokeCommand({ FunctionName: 'arn:aws:lambda:eu-central-1:123456789012:function:f', Payload: payload }));
    expect([...result.Payload!]).toEqual([...payload]);
    expect(result.FunctionError).toBe('Unhandled');
  });

  test('finds a bucket in the path and in the host name, and streams an object', async () => {
    const path = new S3Client({ ...config, endpoint: server.url, credentials: server.credentials, forcePathStyle: true });
    const object = await path.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'a folder/key+1' }));
    expect([...await object.Body!.transformToByteArray()]).toEqual([0, 255, 13, 10]);
    expect(object.Metadata).toEqual({ key: 'a folder/key+1' });
    const virtual = new S3Client({ ...config, endpoint: 'http://localhost', requestHandler: inProcessHandler(world, services) });
    await expect(virtual.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'k' }))).resolves.toMatchObject({ Metadata: { key: 'k' } });
  });

  test('for a raw service is handed through, after the faults of the world', async () => {
    const dynamo = new DynamoDBClient({ ...config, endpoint: server.url, credentials: server.credentials, maxAttempts: 1 });
    await expect(dynamo.send(new ListTablesCommand({ Limit: 1 }))).resolves.toMatchObject({ TableNames: ['{"Limit":1}'] });
    world.faults.failCalls('dynamodb', 'ListTables');
    await expect(dynamo.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test('of a custom resource reaches CloudFormation without a signature', async () => {
    const response = await fetch(`${server.url}/_cloudformation/responses/token-1`, { method: 'PUT', body: '{"Status":"SUCCESS"}' });
    expect(response.status).toBe(200);
    expect(pathSeen).toEqual({ token: 'token-1', body: '{"Status":"SUCCESS"}' });
  });

  test('of a handler that dies is not performed and gets no answer', async () => {
    let killed = false;
    world.faults.killAfter(0, () => { killed = true; });
    const put = fetch(`${server.url}/_cloudformation/responses/token-2`, { method: 'PUT', headers: { [HANDLER_HEADER]: '1' }, body: '' });
    await expect(put).rejects.toThrow();
    expect(killed).toBe(true);
    expect(pathSeen).toMatchObject({ token: 'token-1' });
  });

  test('for another region or another service is refused by name', async () => {
    const elsewhere = new LambdaClient({ ...config, region: 'us-east-1', endpoint: server.url, credentials: server.credentials });
    await expect(elsewhere.send(new DeleteFunctionCommand({ FunctionName: 'f' }))).rejects.toThrow('the region us-east-1');
    const other = new SSMClient({ ...config, endpoint: server.url, credentials: server.credentials });
    await expect(other.send(new GetParameterCommand({ Name: 'n' }))).rejects.toThrow('the service ssm');
  });

  test('with a parameter that the model of the service does not have is refused by name', async () => {
    const lambda = new LambdaClient({ ...config, endpoint: server.url, credentials: server.credentials });
    lambda.middlewareStack.add((next) => (args) => {
      (args.request as { query: Record<string, string> }).query = {};
      (args.request as { path: string }).path = '/2015-03-31/functions';
      (args.request as { method: string }).method = 'POST';
      (args.request as { body: string }).body = '{"FunctionName":"f","Role":"r","Code":{},"Bogus":1}';
      return next(args);
    }, { step: 'build' });
    await expect(lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }))).rejects.toThrow('lambda:CreateFunction: the local AWS does not model the parameter Bogus');
  });
});
