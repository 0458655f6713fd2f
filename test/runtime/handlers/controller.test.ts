import { createServer, type WireServer } from '../../../golden-images/src/wire';
import { World } from '../../../golden-images/src/world';
import { SqsService } from '../../../golden-images/src/world/sqs';
import { environment, ledgerKey, SCHEMA_VERSION } from '../../../src/contract';
import { DynamoLedger } from '../../../src/runtime/aws/ledger';
import { handler } from '../../../src/runtime/handlers/controller.lambda';
import { connect, createTable, TABLE } from '../aws/world';
import { image, NAMESPACE, registry } from '../support/intents';

let server: WireServer;
let world: World;
let queue: ReturnType<SqsService['createQueue']>;

beforeAll(async () => {
  world = new World();
  server = await createServer(world);
  const clients = connect(world);
  await createTable(clients.dynamoDb);
  const ledger = new DynamoLedger(clients.dynamoDb, TABLE, clients.clock);
  await ledger.write(ledgerKey.registry(NAMESPACE), { schemaVersion: SCHEMA_VERSION, document: registry([image('base', 1)]) }, 0);
  const sqs = world.get(SqsService);
  queue = sqs.createQueue('looks', {}, {});
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: world.region,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    [environment.ledgerTable]: TABLE,
    [environment.namespace]: NAMESPACE,
    [environment.pauseParameter]: '/pause',
    [environment.queueUrl]: sqs.url(queue),
  });
});

afterAll(async () => server.close());

const message = (messageId: string, body: string) => ({ messageId, body });

test('of a batch only what failed comes again, and a sweep asks for every key through the queue', async () => {
  expect(await handler({ Records: [message('poison', 'no JSON'), message('sweep', '{"kind":"sweep"}'), message('unknown', '{"source":"aws.unknown"}')] }))
    .toEqual({ batchItemFailures: [{ itemIdentifier: 'poison' }] });
  expect(queue.count('visible')).toBe(1);
});
