import type { RegistryDocument } from '../../../src/contract';
import type { FleetState } from '../../../src/runtime/domain/fleet/state';
import type { ImageRecord } from '../../../src/runtime/domain/image/record';
import type { RegistryRecord } from '../../../src/runtime/domain/registry';
import type { World } from '../world';
import { DynamoDbService } from '../world/dynamodb';

export type InNamespace<T> = T & { readonly namespace: string };

/** What the controllers remember. */
export interface LedgerContents {
  readonly images: Array<InNamespace<ImageRecord>>;
  readonly fleets: Array<InNamespace<FleetState>>;
  /** What the deployed stacks intend, or intended last. */
  readonly registries: RegistryDocument[];
}

/** Reads the ledgers of every stack in the local AWS. */
export async function readLedgers(world: World): Promise<LedgerContents> {
  const items = (await Promise.all((await tableNames(world)).map((table) => scan(world, table)))).flat();
  const documents = (prefix: string): unknown[] =>
    items.filter(({ key }) => key.startsWith(prefix)).map(({ key, document }) => ({ ...JSON.parse(document), namespace: key.split('#')[1]! }) as unknown);
  return {
    images: documents('image#') as LedgerContents['images'],
    fleets: documents('fleet#') as LedgerContents['fleets'],
    registries: (documents('registry#') as RegistryRecord[]).map(({ document }) => document),
  };
}

export async function tableNames(world: World): Promise<string[]> {
  return (await ask<{ TableNames?: string[] }>(world, 'ListTables', {})).TableNames ?? [];
}

async function scan(world: World, table: string): Promise<Array<{ key: string; document: string }>> {
  const { Items = [] } = await ask<{ Items?: Array<Record<string, { S?: string }>> }>(world, 'Scan', { TableName: table });
  return Items.flatMap(({ key, document }) => (key?.S !== undefined && document?.S !== undefined ? [{ key: key.S, document: document.S }] : []));
}

async function ask<T>(world: World, operation: string, input: object): Promise<T> {
  const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}`, 'content-type': 'application/x-amz-json-1.0' };
  const { body } = await world.get(DynamoDbService).raw(headers, JSON.stringify(input));
  return JSON.parse(Buffer.from(body).toString()) as T;
}
