import { buildSync } from 'esbuild';
import { createFunction } from './functions';
import { createServer, type WireServer } from '../../../../golden-images/src/wire';
import { DynamoDbService } from '../../../../golden-images/src/world/dynamodb';
import { AwsError, World } from '../../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../../golden-images/src/world/lambda/lambda';
import { SqsService } from '../../../../golden-images/src/world/sqs';

const code = `
  import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
  import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
  const table = new DynamoDBClient({});
  const queue = new SQSClient({ maxAttempts: 5 });
  export const handler = async () => {
    const started = Date.now();
    await table.send(new UpdateItemCommand({
      TableName: 'ledger', Key: { pk: { S: 'a' } }, UpdateExpression: 'ADD looks :one', ExpressionAttributeValues: { ':one': { N: '1' } },
    }));
    await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: 'again', DelaySeconds: 30 }));
    return Date.now() - started;
  };`;

/** A handler as it is deployed: bundled, with the real SDK clients, which find the local AWS by their environment alone. */
describe('a bundled handler', () => {
  let world: World;
  let lambda: LambdaService;
  let server: WireServer;
  let bundle: string;
  const looks = async (): Promise<string | undefined> =>
    (await world.get(DynamoDbService).operations.GetItem!({ TableName: 'ledger', Key: { pk: { S: 'a' } } })).Item?.looks.N;

  beforeAll(() => {
    const { outputFiles } = buildSync({
      stdin: { contents: code, resolveDir: __dirname },
      bundle: true,
      write: false,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      mainFields: ['module', 'main'],
      banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    });
    bundle = outputFiles[0]!.text;
  });
  beforeEach(async () => {
    world = new World();
    lambda = world.get(LambdaService);
    server = await createServer(world);
    const sqs = world.get(SqsService);
    await world.get(DynamoDbService).operations.CreateTable!({
      TableName: 'ledger',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    });
    createFunction(world, 'f', bundle, { Timeout: 60, Environment: { Variables: { QUEUE_URL: sqs.url(sqs.createQueue('q', {}, {})) } } });
  });
  afterEach(async () => {
    await lambda.close();
    await server.close();
  });

  test('calls the local AWS', async () => {
    expect(await lambda.invoke('f', {})).toEqual({ payload: 0 });
    expect(await looks()).toBe('1');
    expect(world.get(SqsService).byArn(world.arn('sqs', 'q')).count('delayed')).toBe(1);
  });

  test('backs off from throttles in virtual time only', async () => {
    world.faults.failCalls('sqs', 'SendMessage', 4, new AwsError('ThrottlingException', 'Rate exceeded'));
    const { payload } = await lambda.invoke('f', {});
    expect(payload).toBeGreaterThan(100);
    expect(await looks()).toBe('1');
  });

  test('dies between two calls', async () => {
    world.faults.killAfter(1, () => void lambda.killRunning());
    expect(await lambda.invoke('f', {})).toMatchObject({ functionError: 'Unhandled', payload: { errorType: 'Runtime.ExitError' } });
    expect(await looks()).toBe('1');
    expect(world.get(SqsService).byArn(world.arn('sqs', 'q')).count('delayed')).toBe(0);
    expect(await lambda.invoke('f', {})).toEqual({ payload: 0 });
  });

  test('a week of it stays warm', async () => {
    for (let hour = 0; hour < 168; hour += 1) {
      await lambda.invoke('f', {});
      await world.timeline.runUntil(world.now + 3_600_000);
    }
    expect(await looks()).toBe('168');
    expect(world.now).toBe(Date.UTC(2026, 0, 12));
  });
});
