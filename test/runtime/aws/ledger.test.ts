import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { connect, createTable, TABLE } from './world';
import { SCHEMA_VERSION } from '../../../src/contract';
import { DynamoLedger } from '../../../src/runtime/aws/ledger';
import { ConflictError, SchemaVersionError, TransientError } from '../../../src/runtime/ports';

async function setUp() {
  const { world, dynamoDb } = connect();
  await createTable(dynamoDb);
  const time = { now: world.now };
  const ledger = new DynamoLedger(dynamoDb, TABLE, { now: () => time.now });
  const pass = (seconds: number): void => { time.now += seconds * 1000; };
  return { world, dynamoDb, ledger, pass };
}

test('what was written is read, with its revision', async () => {
  const { ledger } = await setUp();
  expect(await ledger.read('a')).toEqual({ document: undefined, revision: 0 });
  expect(await ledger.write('a', { text: 'first' }, 0)).toBe(1);
  expect(await ledger.write('a', { text: 'second' }, 1)).toBe(2);
  expect(await ledger.read('a')).toEqual({ document: { text: 'second' }, revision: 2 });
});

test.each([['creating what exists', 0], ['an older revision', 1], ['a revision that never was', 7]])('%s is a conflict, and changes nothing', async (_, revision) => {
  const { ledger } = await setUp();
  await ledger.write('a', 'first', 0);
  await ledger.write('a', 'second', 1);
  await expect(ledger.write('a', 'third', revision)).rejects.toThrow(ConflictError);
  expect(await ledger.read('a')).toEqual({ document: 'second', revision: 2 });
});

test.each([[SCHEMA_VERSION - 1, true], [SCHEMA_VERSION, true], [SCHEMA_VERSION + 1, false], [SCHEMA_VERSION - 2, false]])('schema version %d is read: %s', async (version, readable) => {
  const { ledger, dynamoDb } = await setUp();
  await dynamoDb.send(new PutItemCommand({
    TableName: TABLE,
    Item: {
      key: { S: 'a' }, revision: { N: '3' }, schemaVersion: { N: String(version) }, document: { S: '"text"' },
    },
  }));
  if (readable) expect(await ledger.read('a')).toEqual({ document: 'text', revision: 3 });
  else await expect(ledger.read('a')).rejects.toThrow(SchemaVersionError);
});

test('a lease has one holder until it is released or runs out', async () => {
  const { ledger, pass } = await setUp();
  const first = await ledger.acquire('a', 180);
  expect(await ledger.acquire('a', 180)).toBeUndefined();
  expect(await ledger.acquire('b', 180)).toBeDefined();
  await first!.release();
  const second = await ledger.acquire('a', 180);
  expect([await first!.held(), await second!.held()]).toEqual([false, true]);
  pass(181);
  expect(await second!.held()).toBe(false);
  const third = await ledger.acquire('a', 180);
  await second!.release();
  expect(await third!.held()).toBe(true);
});

test('a look is news when none that comes earlier is on its way', async () => {
  const { ledger, world, pass } = await setUp();
  const at = (seconds: number): number => world.now + seconds * 1000;
  expect([await ledger.claim('a', at(60)), await ledger.claim('a', at(60)), await ledger.claim('a', at(90)), await ledger.claim('a', at(30))])
    .toEqual([true, false, false, true]);
  pass(30);
  expect(await ledger.claim('a', at(30))).toBe(true);
});

test('a look that arrives a little before its time does not take itself for one that is on its way', async () => {
  const { ledger, world, pass } = await setUp();
  await ledger.claim('a', world.now + 10_000);
  pass(7);
  expect(await ledger.claim('a', world.now + 17_000)).toBe(true);
  expect(await ledger.claim('a', world.now + 18_000)).toBe(false);
});

test('a throttle is transient', async () => {
  const { ledger, world } = await setUp();
  world.faults.failCalls('dynamodb', '*', 2);
  await expect(ledger.read('a')).rejects.toThrow(TransientError);
  await expect(ledger.acquire('a', 1)).rejects.toThrow(TransientError);
});

test('a missing table is no conflict and not transient, but a refusal', async () => {
  const { ledger } = await setUp();
  const { dynamoDb, clock } = connect();
  await expect(new DynamoLedger(dynamoDb, TABLE, clock).write('a', 1, 0)).rejects.toMatchObject({ name: 'RefusedError', code: 'ResourceNotFoundException' });
  expect((await ledger.read('a')).revision).toBe(0);
});

test('documents carry the schema version beside them', async () => {
  const { ledger, dynamoDb } = await setUp();
  await ledger.write('a', {}, 0);
  const { Item: item } = await dynamoDb.send(new GetItemCommand({ TableName: TABLE, Key: { key: { S: 'a' } } }));
  expect(item?.schemaVersion).toEqual({ N: String(SCHEMA_VERSION) });
});
