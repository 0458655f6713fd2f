import { BatchWriteItemCommand, DeleteItemCommand, DeleteTableCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { attacker } from './attacker';
import { DynamoDbService } from '../../golden-images/src/world/dynamodb';
import { channelParameterName, ledgerKey } from '../../src/contract';
import { ControlPlaneSettings } from '../../src/control-plane';
import { newBase, newStack, Synthesized } from '../image/fixture';
import { addFleet, Deployed } from '../packer/build/deployed';

const app = (stack: Stack): void => addFleet(stack, newBase(stack).latest);

let shop: Deployed;
let table: string;
let mallory: DynamoDBClient;
beforeAll(async () => {
  shop = await Deployed.start('Shop', app);
  ({ TableNames: [table] } = await shop.call(DynamoDbService, 'ListTables', {}) as { TableNames: [string] });
  mallory = attacker(shop.local.world, 'Mallory').client(DynamoDBClient);
});
afterAll(() => shop.local.close());

const key = { key: { S: ledgerKey.fleet('shop', 'servers') } };
const forged = { ...key, revision: { N: '1' }, schemaVersion: { N: '1' }, document: { S: '{}' } };

test('nobody but the functions of the stack writes the ledger, whatever rights they have', async () => {
  const writes = [
    new PutItemCommand({ TableName: table, Item: forged }),
    new DeleteItemCommand({ TableName: table, Key: key }),
    new UpdateItemCommand({ TableName: table, Key: key, UpdateExpression: 'REMOVE document' }),
    new BatchWriteItemCommand({ RequestItems: { [table]: [{ PutRequest: { Item: forged } }] } }),
  ];
  for (const command of writes) {
    await expect(mallory.send(command as PutItemCommand)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  }
});

test('the functions do: the fleet is rolled to the first release, and committed', async () => {
  expect(await shop.until(() => shop.fleet('servers')?.lastKnownGood?.version === '1.0.0/1', 48)).toBe(true);
  expect(shop.release(channelParameterName('shop', 'base', 'latest'))?.version).toBe('1.0.0/1');
});

test('the table is not deleted, neither by somebody who may nor with its stack', async () => {
  await expect(mallory.send(new DeleteTableCommand({ TableName: table }))).rejects.toThrow(/protected against deletion/);
  await shop.destroy();
  expect(await shop.call(DynamoDbService, 'ListTables', {})).toEqual({ TableNames: [table] });
});

test('an app that wants its ledger gone with its stack can have that', () => {
  const stack = newStack();
  ControlPlaneSettings.apply(stack, { removalPolicy: RemovalPolicy.DESTROY });
  newBase(stack);
  expect(new Synthesized(stack).ofType('AWS::DynamoDB::Table')[0]!.Properties.DeletionProtectionEnabled).toBe(false);
});

test('the policy of the table names the roles of all functions that write', () => {
  const stack = newStack();
  newBase(stack);
  const { PolicyDocument } = new Synthesized(stack).ofType('AWS::DynamoDB::Table')[0]!.Properties.ResourcePolicy;
  expect(PolicyDocument.Statement).toEqual([expect.objectContaining({ Effect: 'Deny', Principal: { AWS: '*' } })]);
  const roles = PolicyDocument.Statement[0].Condition.ArnNotEquals['aws:PrincipalArn'].map((each: { 'Fn::GetAtt': [string] }) => each['Fn::GetAtt'][0]);
  expect(roles.map((id: string) => /Handlers(\w+)Role/.exec(id)![1])).toEqual(['Controller', 'Seed', 'Registry']);
});
