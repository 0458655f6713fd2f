import { chartOf } from '../../../golden-images/src/report/chart';
import { History } from '../../../golden-images/src/report/history';
import type { LedgerContents } from '../../../golden-images/src/report/ledger';
import { World } from '../../../golden-images/src/world/kernel';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';

const ARN = 'arn:aws:imagebuilder:eu-central-1:123456789012:image/app-web/1.0.0/1';
const PARAMETER = '/imagebuilder/golden-images/app/web/production';

/** A world in which an image is built and its channel moves, and what the ledger says of it. */
async function told(): Promise<{ history: History; ledgers: LedgerContents }> {
  const world = new World({ start: 0 });
  const history = new History(world);
  const move = (status: string) => world.emit({ source: 'aws.imagebuilder', detailType: 'EC2 Image Builder Image State Change', detail: { state: { status } }, resources: [ARN] });
  move('CREATING');
  await world.timeline.runUntil(60_000);
  move('AVAILABLE');
  await world.call(world.get(SsmService), 'PutParameter', { Name: PARAMETER, Value: 'ami-1', Type: 'String' });
  await world.call(world.get(SsmService), 'PutParameter', { Name: '/elsewhere', Value: 'ami-1', Type: 'String' });
  const image = { name: 'web', recipeArn: 'arn:aws:imagebuilder:eu-central-1:123456789012:image-recipe/app-web/1.0.0', channels: [{ name: 'production', parameterName: PARAMETER, gates: [] }] };
  const record = { namespace: 'app', image: 'web', versions: [{ version: '1.0.0/1', amis: { 'eu-central-1': 'ami-1' } }] };
  return { history, ledgers: { images: [record], fleets: [], registries: [{ namespace: 'app', images: [image], fleets: [] }] } as unknown as LedgerContents };
}

test('a chart has the builds of an image and the moves of its channels, named by version', async () => {
  const { history, ledgers } = await told();
  const at = '1970-01-01T00:01:00.000Z';
  expect(chartOf(history, ledgers)).toEqual({
    startedAt: '1970-01-01T00:00:00.000Z',
    endedAt: at,
    images: [{
      name: 'web',
      builds: [{ version: '1.0.0/1', startedAt: '1970-01-01T00:00:00.000Z', endedAt: at, status: 'AVAILABLE' }],
      moves: [{ channel: 'production', at, target: '1.0.0/1' }],
    }],
    fleets: [],
    healthy: [],
  });
});
