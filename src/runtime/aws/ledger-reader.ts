import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callAws } from './errors';
import { SCHEMA_VERSION } from '../../contract';
import { SchemaVersionError, type LedgerRecord } from '../ports';

/** Reads the ledger in DynamoDB: partition key `key`; documents are JSON text beside their revision and schema version. */
export class DynamoLedgerReader {
  public constructor(protected readonly client: DynamoDBClient, protected readonly table: string) {}

  public async read<T>(key: string, tableArn = this.table): Promise<LedgerRecord<T>> {
    const { Item: item } = await callAws(`dynamodb:GetItem of ${key}`, () => this.client.send(new GetItemCommand({
      TableName: tableArn, Key: { key: { S: key } }, ConsistentRead: true,
    })));
    if (!item) return { document: undefined, revision: 0 };
    const schemaVersion = Number(item.schemaVersion?.N);
    if (!(schemaVersion >= SCHEMA_VERSION - 1 && schemaVersion <= SCHEMA_VERSION)) throw new SchemaVersionError(key, schemaVersion, SCHEMA_VERSION);
    return { document: JSON.parse(item.document?.S ?? 'null') as T, revision: Number(item.revision?.N) };
  }
}
