import { Harness } from './model/harness';
import { ledgerKey } from '../../../src/contract';
import { reconcileFleet } from '../../../src/runtime/controllers/fleet';
import { ConflictError } from '../../../src/runtime/ports';

const bootstrapped = async (size = 6, rollout = {}): Promise<Harness> => {
  const fleet = new Harness(size, rollout);
  await fleet.run(5);
  await fleet.release('1.0.0/1');
  await fleet.until('the first commit', () => fleet.state.history.length === 1);
  await fleet.run(30);
  return fleet;
};

const last = (fleet: Harness) => fleet.state.history[fleet.state.history.length - 1];
const ended = (fleet: Harness, count: number) => () => fleet.state.history.length === count;

describe('the fleet controller on a model of Auto Scaling', () => {
  test('a fleet starts on its initial image and is brought to the first release', async () => {
    const fleet = await bootstrapped();
    expect(last(fleet)).toMatchObject({ kind: 'image', version: '1.0.0/1', outcome: 'committed', instancesTouched: 6 });
    expect(fleet.world.present.map((each) => each.ami)).toEqual(Array(6).fill('ami-1'));
    expect(JSON.parse(fleet.status())).toMatchObject({ phase: 'idle', lastKnownGood: { version: '1.0.0/1', ami: 'ami-1' }, blocked: [] });
  });

  test('a sick image touches one instance, is halted within ten minutes, blocked, and leaves no launch template version', async () => {
    const fleet = await bootstrapped();
    await fleet.release('1.0.1/1', true);
    await fleet.until('the end', ended(fleet, 2));
    const { startedAt, haltedAt, ...entry } = last(fleet)!;
    expect(entry).toMatchObject({ version: '1.0.1/1', outcome: 'rolled-back', instancesTouched: 1, reason: expect.stringContaining('280 seconds after it came into service') });
    expect(Date.parse(haltedAt!) - Date.parse(startedAt)).toBeLessThan(600_000);
    expect(fleet.state.blocked).toMatchObject([{ version: '1.0.1/1' }]);
    expect(fleet.world.versions.map((each) => each.image)).not.toContain('ami-2');
    expect(fleet.world.present.map((each) => each.ami)).toEqual(Array(6).fill('ami-1'));
    await fleet.run(300);
    expect(fleet.state.history).toHaveLength(2);
  });

  test('a deploy that changes the configuration is rolled out with the last known good image', async () => {
    const fleet = await bootstrapped();
    fleet.deploy(false);
    fleet.poke();
    await fleet.until('the end', ended(fleet, 2));
    expect(last(fleet)).toMatchObject({ kind: 'configuration', version: '1.0.0/1', outcome: 'committed', instancesTouched: 6 });
    expect(fleet.world.present.map((each) => `${each.ami} ${each.configuration}`)).toEqual(Array(6).fill('ami-1 configuration-1'));
  });

  test('a bad configuration is rolled back and blamed; the image is not, and the next release goes out with the old configuration', async () => {
    const fleet = await bootstrapped();
    fleet.deploy(true);
    fleet.poke();
    await fleet.until('the end', ended(fleet, 2));
    expect(last(fleet)).toMatchObject({ kind: 'configuration', outcome: 'rolled-back', instancesTouched: 1 });
    expect(fleet.state).toMatchObject({ blocked: [], blockedConfigurations: [{ hash: 'configuration-1' }] });
    await fleet.release('1.0.1/1');
    await fleet.until('the next', ended(fleet, 3));
    expect(last(fleet)).toMatchObject({ version: '1.0.1/1', outcome: 'committed' });
    expect(fleet.world.present.map((each) => each.configuration)).toEqual(Array(6).fill('configuration-0'));
  });

  test('a newer release supersedes a bake; the way back stays the last known good', async () => {
    const fleet = await bootstrapped(6, { bakeSeconds: 3600 });
    await fleet.release('1.0.1/1');
    await fleet.until('the bake', () => fleet.world.refreshes[0]?.status === 'Baking' && fleet.state.rollout?.stage === 'waves');
    await fleet.release('1.0.2/1', true);
    await fleet.until('both ends', ended(fleet, 3));
    expect(fleet.state.history.slice(1)).toMatchObject([{ version: '1.0.1/1', outcome: 'superseded' }, { version: '1.0.2/1', outcome: 'rolled-back', instancesTouched: 1 }]);
    expect(fleet.world.present.map((each) => each.ami)).toEqual(Array(6).fill('ami-1'));
  });

  test('a group of 150: the canary is one instance, stopped by cancelling', async () => {
    const fleet = await bootstrapped(150);
    await fleet.release('1.0.1/1');
    let most = 0;
    await fleet.until('the waves', () => {
      if (fleet.state.rollout?.stage === 'canary') most = Math.max(most, fleet.world.instances.filter((each) => each.ami === 'ami-2').length);
      return fleet.state.rollout?.stage === 'waves';
    });
    expect(most).toBe(1);
    await fleet.until('the end', ended(fleet, 2), 3000);
    expect(last(fleet)).toMatchObject({ outcome: 'committed', instancesTouched: 150 });
  });

  test('no capacity is never the fault of the image: it is tried again later', async () => {
    const fleet = await bootstrapped(6, { timeoutSeconds: 3600 });
    fleet.world.capacity = false;
    await fleet.release('1.0.1/1');
    await fleet.until('the end', ended(fleet, 2));
    expect(last(fleet)).toMatchObject({ outcome: 'rolled-back', instancesTouched: 0 });
    expect(fleet.state.blocked).toEqual([]);
    fleet.world.capacity = true;
    await fleet.until('the next', ended(fleet, 3));
    expect(last(fleet)).toMatchObject({ version: '1.0.1/1', outcome: 'committed' });
  });

  test.each([60, 120, 240])('a group that gives %i seconds of grace never launches a second instance on a sick image', async (graceSeconds) => {
    const fleet = await bootstrapped();
    fleet.world.graceSeconds = graceSeconds;
    const ami = await fleet.release('1.0.1/1', true);
    await fleet.until('the end', ended(fleet, 2));
    expect(last(fleet)).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining(`${graceSeconds - 20} seconds after it came into service`) });
    expect(fleet.world.launches.filter((each) => each.ami === ami)).toHaveLength(1);
  });

  test('a Spot interruption of the canary is not the fault of the image: it is tried again later', async () => {
    const fleet = await bootstrapped();
    const ami = await fleet.release('1.0.1/1');
    await fleet.until('the canary', () => fleet.world.present.some((each) => each.ami === ami && fleet.world.serving(each)));
    fleet.world.interrupt(fleet.world.present.find((each) => each.ami === ami)!);
    await fleet.until('the end', ended(fleet, 2));
    expect(last(fleet)).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('EC2 ended') });
    expect(fleet.state.blocked).toEqual([]);
    await fleet.until('the next', ended(fleet, 3));
    expect(last(fleet)).toMatchObject({ version: '1.0.1/1', outcome: 'committed' });
  });

  test('who lost its lease changes nothing any more', async () => {
    const fleet = await bootstrapped();
    await fleet.release('1.0.1/1');
    const { ports, world } = fleet;
    const before = ports.calls.length;
    const lost = { held: async () => false, release: async () => {} };
    await expect(reconcileFleet(world.intent, world.registry, lost, ports.create())).rejects.toThrow(ConflictError);
    const reads = /read|get|describe|versions|list|states?|usable|mishaps/;
    expect(ports.calls.slice(before).filter((each) => !reads.test(each))).toEqual([]);
    expect(fleet.state.rollout).toBeUndefined();
  });

  test('a rollout whose group is deleted is aborted, and the missing group reported', async () => {
    const fleet = await bootstrapped();
    await fleet.release('1.0.1/1');
    await fleet.until('the canary', () => fleet.state.rollout?.stage === 'canary');
    fleet.world.groupExists = false;
    await fleet.until('the end', ended(fleet, 2));
    expect(last(fleet)).toMatchObject({ outcome: 'aborted' });
    expect(JSON.parse(fleet.status()).waitingFor).toContain('group web does not exist');
  });

  test('the status is published when something changed, else once an hour', async () => {
    const fleet = await bootstrapped();
    const before = fleet.ports.calls.length;
    const revision = () => fleet.ports.ledger.get(ledgerKey.fleet('shop', 'web'))!.revision;
    const recorded = revision();
    await fleet.run(240);
    const writes = fleet.ports.calls.slice(before).filter((each) => each === 'parameters.put');
    expect(writes.length).toBeGreaterThanOrEqual(3);
    expect(writes.length).toBeLessThanOrEqual(5);
    expect(revision()).toBe(recorded);
  });
});
