import { CfnOutput, CustomResource, Stack } from 'aws-cdk-lib';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { DynamoDbService } from '../../golden-images/src/world/dynamodb';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { channelParameterName, ledgerKey, SCHEMA_VERSION } from '../../src/contract';
import { newBase } from '../image/fixture';
import { Deployed } from '../packer/build/deployed';

let shop: Deployed;
beforeAll(async () => { shop = await Deployed.start('Shop', (stack) => void newBase(stack)); });
afterAll(() => shop.local.close());

/** The function of the shop behind a custom resource, as anybody can find it who may list functions. */
function functionArn(description: string): string {
  const functions = [...shop.local.world.get(LambdaService).functions];
  const [name] = functions.find(([, { latest }]) => latest.configuration.Description === description)!;
  return shop.local.world.arn('lambda', `function:${name}`);
}

async function registry(): Promise<string | undefined> {
  const [table] = await tables();
  const key = { key: { S: ledgerKey.registry('shop') } };
  const { Item: item } = await shop.call(DynamoDbService, 'GetItem', { TableName: table, Key: key }) as { Item?: { document: { S: string } } };
  return item?.document.S;
}

async function tables(): Promise<string[]> {
  return (await shop.call(DynamoDbService, 'ListTables', {}) as { TableNames: string[] }).TableNames;
}

/** A stack of somebody who may make stacks, and names a function of the shop. */
const thief = (description: string, properties: Record<string, string>) => (stack: Stack): void => {
  new CustomResource(stack, 'Stolen', { serviceToken: functionArn(description), properties });
};

const REFUSED = /is not the stack that this function serves/;

test("another stack cannot write the registry by naming the shop's function", async () => {
  const before = await registry();
  const forged = { schemaVersion: SCHEMA_VERSION, namespace: 'shop', stackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/Thief/1', images: [], fleets: [] };
  await expect(shop.another('Thief', thief('Records what the stack intends', { Document: JSON.stringify(forged) }))).rejects.toThrow(REFUSED);
  expect(before).toContain('"base"');
  expect(await registry()).toBe(before);
});

test('another stack cannot have a parameter of the namespace seeded, and goes again', async () => {
  const name = channelParameterName('shop', 'planted', 'latest');
  const parameters = JSON.stringify([{ name, owner: 'Thief', source: { type: 'ami', imageId: shop.ami() } }]);
  await expect(shop.another('SeedThief', thief('Creates parameters that are absent', { Namespace: 'shop', Parameters: parameters }))).rejects.toThrow(REFUSED);
  expect(shop.ssm.value(name)).toBeUndefined();
  expect(shop.local.world.get(CloudFormationService).stackState('SeedThief')!.status).toBe('ROLLBACK_COMPLETE');
});

test('the stack itself is served as before', async () => {
  const before = await registry();
  await shop.deploy((stack) => {
    newBase(stack, 'Second');
    new CfnOutput(stack, 'Any', { value: 'other' });
  });
  expect(await registry()).not.toBe(before);
});
