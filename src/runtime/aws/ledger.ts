import { randomUUID } from 'crypto';
import { DeleteItemCommand, GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callAws, errorName } from './errors';
import { DynamoLedgerReader } from './ledger-reader';
import { SCHEMA_VERSION } from '../../contract';
import { ConflictError, type Clock, type Lease, type Ledger, type Looks } from '../ports';

/**
 * A look may arrive before the time it was claimed for: clocks differ from environment to environment. It must not take its own claim for
 * one that is on its way, or nobody looks again. Shorter than the shortest delay, so that chains of looks still join.
 */
const EARLY_MILLISECONDS = 5000;

/** The ledger in DynamoDB, read and written. */
export class DynamoLedger extends DynamoLedgerReader implements Ledger, Looks {
  public constructor(client: DynamoDBClient, table: string, private readonly clock: Clock) {
    super(client, table);
  }

  public async write<T>(key: string, document: T, expectedRevision: number): Promise<number> {
    const revision = expectedRevision + 1;
    const written = await this.putIf({
      key: { S: key },
      revision: { N: String(revision) },
      schemaVersion: { N: String(SCHEMA_VERSION) },
      document: { S: JSON.stringify(document) },
    }, expectedRevision === 0 ? 'attribute_not_exists(#key)' : '#revision = :expected', expectedRevision === 0
      ? { names: { '#key': 'key' } }
      : { names: { '#revision': 'revision' }, values: { ':expected': { N: String(expectedRevision) } } });
    if (!written) throw new ConflictError(key, expectedRevision);
    return revision;
  }

  public async acquire(key: string, seconds: number): Promise<Lease | undefined> {
    const now = this.clock.now();
    const lease = new DynamoLease(this.client, this.table, this.clock, `lease#${key}`, randomUUID());
    const taken = await this.putIf(
      { key: { S: lease.key }, holder: { S: lease.holder }, expiresAt: { N: String(now + seconds * 1000) } },
      'attribute_not_exists(#key) OR #expiresAt <= :now',
      { names: { '#key': 'key', '#expiresAt': 'expiresAt' }, values: { ':now': { N: String(now) } } },
    );
    return taken ? lease : undefined;
  }

  public async claim(key: string, at: number): Promise<boolean> {
    return this.putIf(
      { key: { S: `look#${key}` }, at: { N: String(at) } },
      'attribute_not_exists(#key) OR #at <= :arrived OR #at > :at',
      { names: { '#key': 'key', '#at': 'at' }, values: { ':arrived': { N: String(this.clock.now() + EARLY_MILLISECONDS) }, ':at': { N: String(at) } } },
    );
  }

  private async putIf(
    item: PutItemCommand['input']['Item'],
    condition: string,
    expression: { names: Record<string, string>; values?: PutItemCommand['input']['ExpressionAttributeValues'] },
  ): Promise<boolean> {
    return whenCondition(() => callAws(`dynamodb:PutItem of ${item?.key?.S}`, () => this.client.send(new PutItemCommand({
      TableName: this.table,
      Item: item,
      ConditionExpression: condition,
      ExpressionAttributeNames: expression.names,
      ...(expression.values ? { ExpressionAttributeValues: expression.values } : {}),
    }))));
  }
}

/** One item a key, held until it runs out; a holder that stalls past that has lost it. */
class DynamoLease implements Lease {
  public constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
    private readonly clock: Clock,
    public readonly key: string,
    public readonly holder: string,
  ) {}

  public async held(): Promise<boolean> {
    const { Item: item } = await callAws(`dynamodb:GetItem of ${this.key}`, () => this.client.send(new GetItemCommand({
      TableName: this.table, Key: { key: { S: this.key } }, ConsistentRead: true,
    })));
    return item?.holder?.S === this.holder && Number(item.expiresAt?.N) > this.clock.now();
  }

  public async release(): Promise<void> {
    await whenCondition(() => callAws(`dynamodb:DeleteItem of ${this.key}`, () => this.client.send(new DeleteItemCommand({
      TableName: this.table,
      Key: { key: { S: this.key } },
      ConditionExpression: '#holder = :holder',
      ExpressionAttributeNames: { '#holder': 'holder' },
      ExpressionAttributeValues: { ':holder': { S: this.holder } },
    }))));
  }
}

/** False when the condition of a write did not hold. */
async function whenCondition(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (errorName(error) === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
