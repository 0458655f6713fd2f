import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { attacker } from './attacker';
import { readLedgers } from '../../golden-images/src/report/ledger';
import { CloudWatchService } from '../../golden-images/src/world/cloudwatch';
import { Ec2Service } from '../../golden-images/src/world/ec2';
import { IamService } from '../../golden-images/src/world/iam';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { releaseDocumentName, type ReleaseDocument } from '../../src/contract';
import { happen } from '../properties/road/history';
import { unrest } from '../properties/road/rest';
import { HOUR, NAMESPACE, Road } from '../properties/road/road';

/**
 * Mallory may write parameters, and see which AMIs there are. What a controller decides from what she writes, she decides for every server of the
 * company.
 */
let road: Road;
let mallory: SSMClient;
/** An AMI of hers, shared with everybody. */
let foreign: string;

const rest = (): Promise<boolean> => road.local.until(() => unrest(road).length === 0, 12 * HOUR);
const alarm = (): string | undefined => road.world.get(CloudWatchService).alarmState(`${NAMESPACE}-golden-images-needs-operator`);
const channel = (): string => road.fleet.follows.parameterName;

async function put(name: string, value: string | object, dataType: 'text' | 'aws:ec2:image' = 'text'): Promise<void> {
  const Value = typeof value === 'string' ? value : JSON.stringify(value);
  await mallory.send(new PutParameterCommand({ Name: name, Value, Type: 'String', DataType: dataType, Overwrite: true }));
}

const forge = (change: Partial<ReleaseDocument>): Promise<void> => put(releaseDocumentName(channel()), { ...road.release!, ...change });

/** Lines that count for the alarm, of an event about a parameter. */
function overwritten(name: string): number {
  const lambda = road.world.get(LambdaService);
  const lines = [...lambda.functions.keys()].flatMap((each) => lambda.logs(each)).map(({ text }) => text);
  return lines.filter((text) => text.includes('"event":"parameter-overwritten"') && text.includes(`"parameter":"${name}"`) && text.includes('"NeedsOperator":1')).length;
}

/** What ever ran it, and what was recorded of it. */
async function traces(): Promise<string[]> {
  const { fleets, images } = await readLedgers(road.world);
  const ec2 = road.world.get(Ec2Service);
  const recorded = JSON.stringify({ fleets, images });
  const run = ec2.instances().filter(({ image }) => image.id === foreign).map(({ id }) => `${id} ran it`);
  return [...run, ...(recorded.includes(foreign) ? ['the ledger names it'] : [])];
}

async function keepDoing(times: number, seconds: number, what: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await what();
    await road.local.pass(seconds * 1000);
  }
}

/** While Image Builder throttles the image controller, which would put right at once what others read first. */
async function throttled(times: number, seconds: number, what: () => Promise<void>): Promise<void> {
  road.world.faults.failCalls('imagebuilder', 'ListImagePipelineImages', 100);
  await keepDoing(times, seconds, what);
}

beforeAll(async () => {
  road = await Road.start(7);
  mallory = attacker(road.world, 'Mallory').client(SSMClient);
  // Else Parameter Store refuses AMIs that she writes (assumption: ssm-ami-validation).
  const seesImages = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' } };
  const policy = { RoleName: 'Mallory', PolicyName: 'Read', PolicyDocument: JSON.stringify(seesImages) };
  await road.world.call(road.world.get(IamService), 'PutRolePolicy', policy);
  foreign = road.world.get(Ec2Service).registerImage({ name: 'hers', architecture: 'x86_64', platform: 'linux' });
  expect(await rest()).toBe(true);
});

afterAll(async () => road.local.close());

describe('who may only write parameters', () => {
  test('cannot stick a fleet by a release document of the highest revision', async () => {
    const before = road.release!.version;
    await throttled(4, 60, () => forge({ revision: Number.MAX_SAFE_INTEGER }));
    expect(await road.local.until(() => road.release!.revision < 1000, HOUR)).toBe(true);
    await happen(road, { type: 'parent' });
    road.build('base');
    expect(await road.local.until(() => road.release!.version !== before, 48 * HOUR)).toBe(true);
    expect(await rest()).toBe(true);
    expect(road.status!.lastKnownGood!.version).toBe(road.release!.version);
    expect(overwritten(releaseDocumentName(channel()))).toBeGreaterThan(0);
  });

  test('cannot bring a fleet to an AMI of theirs, however often they write', async () => {
    const forged = { version: '9.9.9/1', amis: { [road.world.region]: foreign }, builtAt: new Date(road.world.now).toISOString() };
    await throttled(4, 180, async () => {
      await put(channel(), foreign, 'aws:ec2:image');
      await forge({ ...forged, revision: road.release!.revision + 1, canaryFleet: undefined });
    });
    expect(await traces()).toEqual([]);
    expect(await road.local.until(() => alarm() === 'ALARM', 4 * HOUR)).toBe(true);
    expect(await rest()).toBe(true);
    expect(road.ssm.value(channel())).toBe(road.release!.amis[road.world.region]);
    expect([overwritten(channel()), overwritten(releaseDocumentName(channel()))].every((count) => count > 0)).toBe(true);
  });

  test('cannot withdraw a good version by the status of its canary fleet', async () => {
    const before = road.release!.version;
    road.build('web');
    expect(await road.local.until(() => road.release!.version !== before, 48 * HOUR)).toBe(true);
    const { version } = road.release!;
    await keepDoing(8, 60, () => put(road.fleet.statusName, { ...road.status!, blocked: [{ version, reason: 'sick' }] }));
    const { images } = await readLedgers(road.world);
    expect(images.find(({ image }) => image === 'web')!.versions.find((each) => each.version === version)!.withdrawal).toBeUndefined();
    expect(await rest()).toBe(true);
    expect(road.status!.lastKnownGood!.version).toBe(version);
    expect(overwritten(road.fleet.statusName)).toBeGreaterThan(0);
  });

  test('cannot move what a fleet launches from for longer than until the next look, and an operator hears of it', async () => {
    expect(await road.local.until(() => alarm() === 'OK', 4 * HOUR)).toBe(true);
    const good = road.pointer!;
    await put(road.fleet.parameterName, foreign, 'aws:ec2:image');
    expect(await road.local.until(() => road.pointer === foreign, HOUR)).toBe(true);
    expect(await road.local.until(() => road.pointer === good, HOUR)).toBe(true);
    expect(await road.local.until(() => alarm() === 'ALARM', HOUR)).toBe(true);
    expect(overwritten(road.fleet.parameterName)).toBeGreaterThan(0);
    expect(await traces()).toEqual([]);
    expect(await road.local.until(() => alarm() === 'OK', 2 * HOUR)).toBe(true);
  });

  test('cannot shut out deploys by announcing a rollout, or let one into a rollout by hiding it', async () => {
    const { rollout: _, ...idle } = road.status!;
    await put(road.fleet.statusName, { ...idle, phase: 'canary', rollout: { version: '9.9.9/1', startedAt: new Date(road.world.now).toISOString() } });
    expect(await road.deploy('while somebody says there is a rollout')).toBe('UPDATE_COMPLETE');
    expect(await road.local.until(() => road.status?.rollout !== undefined && road.status.phase === 'canary', HOUR)).toBe(true);
    await put(road.fleet.statusName, { ...idle, phase: 'idle' });
    expect(await road.deploy('while somebody hides one')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(road.failures().some((text) => text.includes('a rollout of'))).toBe(true);
    expect(await rest()).toBe(true);
  });

  test('has no alarm of its own to hide behind: an ordinary publish is none', async () => {
    expect(await road.local.until(() => alarm() === 'OK', 4 * HOUR)).toBe(true);
    const names = [channel(), releaseDocumentName(channel()), road.fleet.parameterName, road.fleet.statusName];
    const before = names.map(overwritten);
    const { version } = road.release!;
    road.build('web');
    expect(await road.local.until(() => road.release!.version !== version, 48 * HOUR)).toBe(true);
    expect(await rest()).toBe(true);
    expect(names.map(overwritten)).toEqual(before);
    expect(alarm()).toBe('OK');
  });
});
