import type { AmiLookup, RegistryDocument } from '../../../src/contract';
import { reconcileImage } from '../../../src/runtime/controllers/image';
import type { AmiCandidate } from '../../../src/runtime/domain/lookup';
import { TransientError, type ImagePorts, type Lease, type StackState } from '../../../src/runtime/ports';
import { Installation } from '../support/installation';
import { image, NAMESPACE, REGION, registry } from '../support/intents';

const PARAMETER = `/imagebuilder/golden-images/${NAMESPACE}/parents/lookups/0123456789abcdef`;
const lookup: AmiLookup = { owner: '792107900819', names: ['Rocky-9*'], architecture: 'x86_64', newestBy: 'name' };
const held: Lease = { held: async () => true, release: async () => {} };

async function setUp(state: StackState = 'settled') {
  const world = new Installation();
  world.parameters.seconds = () => 20;
  const base = image('base', 1);
  const intent = { ...base, parent: { type: 'external' as const, reference: `ssm:${PARAMETER}` } };
  const intents: RegistryDocument = { ...registry([intent]), lookups: [{ parameterName: PARAMETER, lookup }] };
  await world.deploy(intents);
  const amis: AmiCandidate[] = [];
  const ports: ImagePorts = {
    candidates: { matching: async () => amis },
    clock: { now: () => world.now },
    ledger: world.ledger,
    parameters: world.parameters,
    log: world.log,
    images: world.images,
    region: REGION,
    stacks: { state: async () => state },
    queue: { lookAgain: async () => {} },
  };
  const look = (lease = held) => reconcileImage(intent, intents, lease, ports);
  /** Until Parameter Store has validated what it was asked for. */
  const settle = async () => {
    await expect(look()).rejects.toThrow(TransientError);
    world.now += 60_000;
    await look();
  };
  return { world, amis, look, settle, value: () => world.parameters.values.get(PARAMETER)?.value };
}

const rocky = (minor: number): AmiCandidate => ({ id: `ami-${minor}`, name: `Rocky-9-EC2-Base-9.${minor}-20260101.0.x86_64`, createdAt: '2026-01-01T00:00:00.000Z' });

test('a newer AMI is put into the parameter, and no build is started for it', async () => {
  const { amis, settle, look, value, world } = await setUp();
  amis.push(rocky(6));
  await settle();
  expect(value()).toBe('ami-6');
  const builds = world.log.events().filter((event) => event === 'build-started').length;
  amis.push(rocky(7));
  await settle();
  await look();
  expect(value()).toBe('ami-7');
  expect(world.log.events().filter((event) => event === 'build-started')).toHaveLength(builds);
  expect(world.log.lines.filter(({ event }) => event === 'parent-found').map(({ fields }) => fields.ami)).toEqual(['ami-6', 'ami-7']);
});

test('where nothing is found any more, what was found stays, and that is said', async () => {
  const { amis, settle, look, value, world } = await setUp();
  amis.push(rocky(6));
  await settle();
  amis.length = 0;
  await look();
  expect(value()).toBe('ami-6');
  expect(world.log.lines.at(-1)).toMatchObject({ level: 'warn', event: 'parent-not-found', fields: { parameter: PARAMETER, wanted: expect.stringContaining('792107900819') } });
});

test.each<[string, StackState, Lease]>([
  ['the stack is being deployed', 'in-progress', held],
  ['the stack is gone', 'gone', held],
])('nothing is written while %s', async (_, state, lease) => {
  const { amis, look, value } = await setUp(state);
  amis.push(rocky(6));
  await look(lease);
  expect(value()).toBeUndefined();
});

test('nothing is written without the lease', async () => {
  const { amis, settle, look, value } = await setUp();
  amis.push(rocky(6));
  await settle();
  amis.push(rocky(7));
  await expect(look({ ...held, held: async () => false })).rejects.toThrow('the lease of');
  expect(value()).toBe('ami-6');
});
