import { unrest } from './rest';
import { HOUR, Road } from './road';
import { readLedgers } from '../../../golden-images/src/report/ledger';
import { Ec2Service } from '../../../golden-images/src/world/ec2';

let road: Road;
const rest = (): Promise<boolean> => road.local.until(() => unrest(road).length === 0, 12 * HOUR);
const kinds = async (): Promise<string[]> => (await readLedgers(road.world)).fleets[0]!.history.map(({ kind, outcome }) => `${kind} ${outcome}`);

beforeAll(async () => {
  road = await Road.start(1);
  expect(await rest()).toBe(true);
});

afterAll(async () => road.local.close());

describe('a deploy that changed user data, failed, and was rolled back', () => {
  test.each([
    ['leaves its version as the newest of the template', true],
    ['leaves another version with the old content', false],
  ])('and %s: nothing is rolled out, and the next deploy goes on', async (_, leavesNewest) => {
    road.world.get(Ec2Service).launchTemplates.rollbackLeavesNewest = leavesNewest;
    const before = await kinds();
    expect(await road.deploy(`failed ${leavesNewest}`, { fails: true })).toBe('UPDATE_ROLLBACK_COMPLETE');
    await road.local.pass(3 * HOUR);
    expect(await kinds()).toEqual(before);
    expect(await rest()).toBe(true);
    expect(await road.deploy(`good ${leavesNewest}`)).toBe('UPDATE_COMPLETE');
    expect(await rest()).toBe(true);
    expect(await kinds()).toEqual([...before, 'configuration committed']);
  });
});
