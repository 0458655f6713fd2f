import { createServer, type WireServer } from '../../../golden-images/src/wire';
import { World } from '../../../golden-images/src/world';
import { SqsService } from '../../../golden-images/src/world/sqs';
import { environment, ledgerKey, SCHEMA_VERSION } from '../../../src/contract';
import { DynamoLedger } from '../../../src/runtime/aws/ledger';
import { connect, createTable, TABLE } from '../aws/world';
import { image, NAMESPACE, registry } from '../support/intents';

export interface Installed {
  readonly world: World;
  readonly server: WireServer;
  readonly queue: ReturnType<SqsService['createQueue']>;
  /** The environment that handlers run in. */
  readonly variables: Record<string, string>;
}

/** A local AWS that serves over HTTP, with a ledger that knows one image, and the queue of the controllers. */
export async function installed(): Promise<Installed> {
  const world = new World();
  const server = await createServer(world);
  const clients = connect(world);
  await createTable(clients.dynamoDb);
  const ledger = new DynamoLedger(clients.dynamoDb, TABLE, clients.clock);
  await ledger.write(ledgerKey.registry(NAMESPACE), { schemaVersion: SCHEMA_VERSION, document: registry([image('base', 1)]) }, 0);
  const sqs = world.get(SqsService);
  const queue = sqs.createQueue('looks', {}, {});
  const variables = {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: world.region,
    AWS_ACCESS_KEY_ID: server.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
    [environment.ledgerTable]: TABLE,
    [environment.namespace]: NAMESPACE,
    [environment.pauseParameter]: '/pause',
    [environment.stackId]: 'stack',
    [environment.queueUrl]: sqs.url(queue),
    [environment.sweepQueueUrl]: sqs.url(queue),
  };
  return { world, server, queue, variables };
}
