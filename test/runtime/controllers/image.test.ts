import { ledgerKey, releaseDocumentName, SCHEMA_VERSION } from '../../../src/contract';
import { reconcileImage } from '../../../src/runtime/controllers/image';
import type { ImageRecord } from '../../../src/runtime/domain/image';
import { TransientError, type ImagePorts, type Lease } from '../../../src/runtime/ports';
import { Installation } from '../support/installation';
import { fleet, image, NAMESPACE, pointer, REGION, registry, STACK_ID } from '../support/intents';

const intents = registry(
  [image('base', 1), ...['a', 'b'].map((name) => image(name, 1, { parent: ['base', 'latest'] })), image('c', 1, { parent: ['base', 'production'] })],
  [fleet('blue', ['base', 'latest'])],
);
const base = intents.images[0]!;
const held: Lease = { held: async () => true, release: async () => {} };

/** An image whose first build has just ended. */
async function built() {
  const world = new Installation();
  await world.deploy(intents);
  const sent: unknown[] = [];
  const ports: ImagePorts = {
    candidates: { matching: async () => [] },
    clock: { now: () => world.now },
    ledger: world.ledger,
    parameters: world.parameters,
    log: world.log,
    images: world.images,
    region: REGION,
    stacks: { state: async () => world.stack },
    queue: { lookAgain: async (message, seconds) => { sent.push({ ...message, seconds }); } },
  };
  const look = (lease = held, more: Partial<ImagePorts> = {}) => reconcileImage(base, intents, lease, { ...ports, ...more });
  await look();
  world.now += 30 * 60_000;
  return { world, look, sent, ports };
}

test('a release moves the pointer, then the document, then wakes those who stand on the channel or follow it', async () => {
  const { world, look, sent } = await built();
  const puts: string[] = [];
  world.parameters.onPut = (name) => { puts.push(name); };
  await look();
  const latest = pointer('base', 'latest');
  expect(puts).toEqual([latest, releaseDocumentName(latest)]);
  expect(sent).toEqual([
    { kind: 'fleet', name: 'blue', seconds: 0 }, { kind: 'image', name: 'a', seconds: 0 }, { kind: 'image', name: 'b', seconds: 0 },
  ]);
});

test('without the lease no pointer is written and no build is started', async () => {
  const { world, look } = await built();
  const lost: Lease = { ...held, held: async () => false };
  await expect(look(lost)).rejects.toThrow(TransientError);
  expect(world.parameters.values.size).toBe(0);
  const fresh = new Installation();
  await fresh.deploy(intents);
  await expect(reconcileImage(base, intents, lost, {
    candidates: { matching: async () => [] },
    clock: { now: () => fresh.now },
    ledger: fresh.ledger,
    parameters: fresh.parameters,
    log: fresh.log,
    images: fresh.images,
    region: REGION,
    stacks: { state: async () => 'settled' },
    queue: { lookAgain: async () => {} },
  })).rejects.toThrow(TransientError);
  expect(fresh.images.all).toEqual([]);
});

test('a writer that stalled looks again at once when the record has changed meanwhile', async () => {
  const { world, look } = await built();
  const key = ledgerKey.image(NAMESPACE, 'base');
  world.parameters.onPut = (name) => {
    if (!name.endsWith('/release')) return;
    const { text, revision } = world.ledger.records.get(key)!;
    world.ledger.records.set(key, { text, revision: revision + 1 });
  };
  await expect(look()).rejects.toThrow('has changed meanwhile');
});

test('while Parameter Store does not take the AMI, nobody is told of the release', async () => {
  const { world, look, sent, ports } = await built();
  const put = async (): Promise<void> => { throw new TransientError('not there yet'); };
  const parameters = { get: (name: string) => ports.parameters.get(name), remove: async () => {}, put };
  await expect(look(held, { parameters })).rejects.toThrow(TransientError);
  expect([world.parameters.values.size, sent]).toEqual([0, []]);
  await look();
  expect(world.parameters.values.size).toBe(2);
});

test('a release that wakes many does so ten at a time', async () => {
  const { ports } = await built();
  const many = registry([base, ...Array.from({ length: 25 }, (_, index) => image(`role-${index}`, 1, { parent: ['base', 'latest'] }))]);
  const delays: number[] = [];
  await reconcileImage(base, many, held, { ...ports, queue: { lookAgain: async (_, seconds) => { delays.push(seconds); } } });
  expect(delays).toEqual([...Array(10).fill(0), ...Array(10).fill(60), ...Array(5).fill(120)]);
});

test('a document that somebody wrote beside the channel decides nothing, whatever its version', async () => {
  const { world, ports } = await built();
  const newer = JSON.stringify({ schemaVersion: SCHEMA_VERSION + 1, revision: Number.MAX_SAFE_INTEGER, version: '9.9.9/1', amis: { [REGION]: 'ami-foreign' }, revoked: [] });
  world.parameters.values.set(releaseDocumentName(pointer('base', 'latest')), { value: newer, version: 1 });
  world.parameters.values.set(pointer('base', 'latest'), { value: 'ami-foreign', version: 1 });
  await reconcileImage(intents.images[1]!, intents, held, ports);
  expect(world.images.all.filter((build) => build.image === 'a')).toEqual([]);
});

test('a channel whose head was withdrawn with nothing to go back to is reported', async () => {
  const { world, look } = await built();
  await look();
  await world.say('blue', { blocked: [{ version: '1.0.1/1', reason: 'sick', at: '' }] });
  await look();
  expect(world.ledger.document<ImageRecord>(ledgerKey.image(NAMESPACE, 'base'))?.versions[0]?.withdrawal?.type).toBe('blocked');
  expect(world.log.lines).toContainEqual({ level: 'alert', event: 'channel-frozen', fields: { image: 'base', channels: ['latest'] } });
});

describe('a pipeline that somebody deleted', () => {
  const gone = { level: 'alert', event: 'pipeline-missing', fields: { image: 'base', pipelineArn: base.pipelineArn } };

  test('is told at every look, and the channel is looked after all the same', async () => {
    const { world, look } = await built();
    await look();
    world.images.pipelines.delete(base.pipelineArn);
    await world.say('blue', { blocked: [{ version: '1.0.1/1', reason: 'sick', at: '' }] });
    await look();
    await look();
    expect(world.log.lines.filter(({ event }) => event === 'pipeline-missing')).toEqual([gone, gone]);
    expect(world.log.events()).toContain('channel-frozen');
  });

  test('is built by again when it is back, a build that was lost with it too', async () => {
    const { world } = await built();
    await world.run(30);
    const changed = registry([image('base', 2), ...intents.images.slice(1)], intents.fleets);
    await world.deploy(changed);
    const pipeline = world.images.pipelines.get(base.pipelineArn)!;
    await world.run(2);
    expect(world.images.all.filter((build) => build.image === 'base')).toHaveLength(2);
    world.images.all.splice(world.images.all.findIndex((build) => build.image === 'base' && build.recipe === 2), 1);
    world.images.pipelines.delete(base.pipelineArn);
    await world.run(24 * 60);
    expect(world.log.events()).toContain('pipeline-missing');
    const told = world.log.lines.length;
    world.images.pipelines.set(base.pipelineArn, pipeline);
    await world.run(24 * 60);
    expect(world.log.lines.slice(told).filter(({ event }) => event === 'pipeline-missing')).toEqual([]);
    expect(world.image('base')!.versions.at(-1)).toMatchObject({ contentHash: changed.images[0]!.contentHash });
  });
});

test('an image that stands on itself through others starts nothing', async () => {
  const { ports, world } = await built();
  const cycle = registry([image('a', 1, { parent: ['b', 'latest'] }), image('b', 1, { parent: ['a', 'latest'] })]);
  world.images.all.length = 0;
  await reconcileImage(cycle.images[0]!, { ...cycle, stackId: STACK_ID }, held, ports);
  expect(world.images.all).toEqual([]);
});
