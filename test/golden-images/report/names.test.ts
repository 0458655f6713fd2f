import { UnknownImage, requireImages, type PlannedFault } from '../../../golden-images/src/rehearsal/planned-fault';
import { chartOf } from '../../../golden-images/src/report/chart';
import { History } from '../../../golden-images/src/report/history';
import type { LedgerContents } from '../../../golden-images/src/report/ledger';
import { naming } from '../../../golden-images/src/report/names';
import { Narrator } from '../../../golden-images/src/report/narrator';
import { summarise } from '../../../golden-images/src/report/summary';
import { DynamoDbService } from '../../../golden-images/src/world/dynamodb';
import { World } from '../../../golden-images/src/world/kernel';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';
import type { RegistryDocument } from '../../../src/contract';

test('names that two namespaces share are told apart, others are not', () => {
  const all = [{ namespace: 'blue', name: 'web' }, { namespace: 'green', name: 'web' }, { namespace: 'blue', name: 'base' }];
  expect(all.map(naming(all))).toEqual(['blue/web', 'green/web', 'base']);
});

test('a summary reads namespaces from the keys of the ledgers', async () => {
  const world = new World();
  const { operations } = world.get(DynamoDbService);
  await operations.CreateTable!({
    TableName: 'ledger', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
  });
  for (const [key, document] of [
    ['image#blue#web', { image: 'web', versions: [], channels: {} }],
    ['image#green#web', { image: 'web', versions: [], channels: {} }],
    ['fleet#blue#web', { fleet: 'web', history: [] }],
  ] as const) await operations.PutItem!({ TableName: 'ledger', Item: { key: { S: key }, document: { S: JSON.stringify(document) } } });
  const { images, fleets } = await summarise(world, {});
  expect(images.map(({ name }) => name).sort()).toEqual(['blue/web', 'green/web']);
  expect(fleets.map(({ name }) => name)).toEqual(['web']);
});

test('a chart gives each namespace its own versions', async () => {
  const world = new World();
  const history = new History(world);
  const parameter = (namespace: string) => `/imagebuilder/golden-images/${namespace}/web/latest`;
  const namespaces = ['blue', 'green'];
  for (const namespace of namespaces) await world.call(world.get(SsmService), 'PutParameter', { Name: parameter(namespace), Value: 'ami-1', Type: 'String' });
  const ledgers = {
    images: [{ namespace: 'blue', image: 'web', versions: [{ version: '1.0.0/1', amis: { 'eu-central-1': 'ami-1' } }] }],
    fleets: [],
    registries: namespaces.map((namespace) => ({
      namespace, images: [{ name: 'web', recipeArn: `image-recipe/${namespace}-web/1.0.0`, channels: [{ name: 'latest', parameterName: parameter(namespace) }] }],
    })),
  } as unknown as LedgerContents;
  expect(chartOf(history, ledgers).images.map(({ name, moves }) => [name, moves.map(({ target }) => target)])).toEqual([['blue/web', ['1.0.0/1']], ['green/web', ['ami-1']]]);
});

test('a timeline tells channels and fleets of two namespaces apart', async () => {
  const world = new World();
  const narrator = new Narrator(world, () => 'ami-1');
  for (const namespace of ['blue', 'green']) {
    for (const Name of [`/imagebuilder/golden-images/${namespace}/web/latest`, `/golden-images/${namespace}/fleets/shop/image`]) {
      await world.call(world.get(SsmService), 'PutParameter', { Name, Value: 'ami-1', Type: 'String' });
    }
  }
  await world.call(world.get(SsmService), 'PutParameter', { Name: '/imagebuilder/golden-images/blue/web/latest', Value: 'ami-2', Type: 'String', Overwrite: true });
  expect(narrator.lines.map(({ text }) => text)).toEqual([
    'channel web:latest starts on ami-1', 'fleet shop starts on ami-1',
    'channel green/web:latest starts on ami-1', 'fleet green/shop starts on ami-1',
    'channel blue/web:latest moves to ami-1',
  ]);
});

test('a fault may be planned for the image of one namespace', () => {
  const registries = ['blue', 'green'].map((namespace) => ({ namespace, images: [{ name: 'web' }] })) as unknown as RegistryDocument[];
  const fault = (image: string): PlannedFault[] => [{ kind: 'sick', image, day: 1 }];
  expect(() => requireImages([...fault('web'), ...fault('green/web')], registries)).not.toThrow();
  expect(() => requireImages(fault('red/web'), registries)).toThrow(UnknownImage);
  expect(() => requireImages(fault('red/web'), registries)).toThrow('it has blue/web, green/web');
});
