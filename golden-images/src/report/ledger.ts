import type { FleetState } from '../../../src/runtime/domain/fleet/state';
import type { ImageRecord } from '../../../src/runtime/domain/image/record';
import { DynamoDbService } from '../world/dynamodb';
import type { World } from '../world';

/** What the controllers remember. */
export interface LedgerContents {
  readonly images: ImageRecord[];
  readonly fleets: FleetState[];
}

/** Reads the ledgers of every stack in the local AWS. */
export async function readLedgers(world: World): Promise<LedgerContents> {
  const database = world.get(DynamoDbService);
  const items = (await Promise.all(database.tableNames().map((table) => scan(database, table)))).flat();
  const documents = (prefix: string): unknown[] => items.filter(({ key }) => key.startsWith(prefix)).map(({ document }) => JSON.parse(document) as unknown);
  return { images: documents('image#') as ImageRecord[], fleets: documents('fleet#') as FleetState[] };
}

async function scan(database: DynamoDbService, table: string): Promise<Array<{ key: string; document: string }>> {
  const { body } = await database.raw(
    { 'x-amz-target': 'DynamoDB_20120810.Scan', 'content-type': 'application/x-amz-json-1.0' },
    Buffer.from(JSON.stringify({ TableName: table })),
  );
  const { Items = [] } = JSON.parse(Buffer.from(body).toString()) as { Items?: Array<Record<string, { S?: string }>> };
  return Items.flatMap(({ key, document }) => (key?.S !== undefined && document?.S !== undefined ? [{ key: key.S, document: document.S }] : []));
}
