import { SCHEMA_VERSION, type FleetStatusDocument, type ImageIntent } from '../../../../src/contract';
import {
  applyChange, decideImage, emptyImageRecord, type BuildDetails, type Follower, type ImageDecision, type ImageObservation, type ImageRecord,
  type SeenBuild,
} from '../../../../src/runtime/domain/image';
import { buildArn, channel, fleet, HOUR, image, pointer, PRODUCTION_GATES, recipeArn, REGION } from '../../support/intents';

const START = Date.UTC(2026, 0, 5);
const MINUTE = 60_000;
const web = image('web', 1, { parent: ['base', 'latest'] });
const base = image('base', 1);

const at = (minutes: number): number => START + minutes * MINUTE;
const build = (version: number, number: number, minutes: number, more: Partial<SeenBuild> = {}): SeenBuild => ({
  arn: buildArn('base', version, number), version: `1.0.${version}/${number}`, status: 'available', createdAt: at(minutes), scheduled: false, ...more,
});
const details = (version: number, ami: string, more: Partial<BuildDetails> = {}): BuildDetails => ({
  recipeArn: recipeArn('base', version), tested: true, amis: { [REGION]: ami }, ami: { id: ami, sourceAmi: 'ami-parent' }, ...more,
});
const status = (more: Partial<FleetStatusDocument>): FleetStatusDocument => ({
  schemaVersion: SCHEMA_VERSION, fleet: 'web', phase: 'idle', blocked: [], heartbeat: '', ...more,
});
const follower = (name: string, more: Partial<FleetStatusDocument> = {}): Follower => ({
  fleet: fleet(name, ['base', 'production']), status: status({ fleet: name, ...more }),
});

const look = (more: Partial<ImageObservation> = {}): ImageObservation => ({
  now: at(600), region: REGION, intent: base, stack: 'settled', cyclic: false, builds: [], details: {}, channels: {}, followers: {}, ...more,
});

/** Takes steps until one is not a change of the record, as the controller does. What is published is then there. */
function settle(record: ImageRecord, observation: ImageObservation): { record: ImageRecord; decision: ImageDecision; observation: ImageObservation } {
  let [current, seen] = [record, observation];
  for (let step = 0; step < 50; step += 1) {
    const decision = decideImage(current, seen);
    if (decision.type === 'change') {current = applyChange(current, decision.change);} else if (decision.type === 'publish') {
      seen = { ...seen, channels: { ...seen.channels, [decision.channel]: { ami: decision.ami, document: JSON.stringify(decision.document) } } };
    } else {return { record: current, decision, observation: seen };}
  }
  throw new Error('no end');
}

const fresh = emptyImageRecord('base', SCHEMA_VERSION);
const acceptedAtStart = (intent: ImageIntent): ImageRecord => applyChange(emptyImageRecord(intent.name, SCHEMA_VERSION), {
  type: 'accept-intent', recipeArn: intent.recipeArn, contentHash: intent.contentHash, text: JSON.stringify(intent), at: new Date(at(0)).toISOString(),
});
const accepted = acceptedAtStart(base);
/** The image with builds that have been recorded and released. */
function after(builds: Array<[SeenBuild, BuildDetails]>, more: Partial<ImageObservation> = {}): ReturnType<typeof settle> {
  const known = Object.fromEntries(builds.map(([{ arn }, each]) => [arn, each]));
  return settle(accepted, look({ builds: builds.map(([each]) => each), details: known, ...more }));
}
const head = (record: ImageRecord, name: string): string | undefined => record.channels[name]?.document.version;

describe('the state of the stack', () => {
  test.each([
    ['busy', 'wait'],
    ['gone', 'nothing'],
  ] as const)('while it is %s: %s', (stack, type) => {
    expect(decideImage(accepted, look({ stack })).type).toBe(type);
  });

  test('an intent that never settled is not acted on when its deploy stopped half-way', () => {
    expect(settle(fresh, look({ stack: 'failed' })).decision).toEqual({ type: 'nothing', reason: 'no deploy has settled with this intent' });
  });

  test('the intent that settled before goes on', () => {
    expect(settle(accepted, look({ stack: 'failed' })).decision).toMatchObject({ type: 'start-build' });
  });
});

describe('starting builds', () => {
  test('a new image is built', () => {
    const { decision, record } = settle(fresh, look());
    expect(decision).toMatchObject({ type: 'start-build', build: { sequence: 1, cause: { contentHash: 'content-1' } } });
    expect(record.attempts).toMatchObject({ count: 1 });
  });

  test('a build that was planned is started, again and again, until the service has answered', () => {
    const { record } = settle(fresh, look());
    expect(settle(record, look({ now: at(601) })).decision).toMatchObject({ type: 'start-build', build: { sequence: 1 } });
  });

  test('after a crash the build that the service lists is the one that was planned', () => {
    const { record } = settle(fresh, look());
    const started = build(1, 1, 601, { status: 'in-flight' });
    const next = settle(record, look({ now: at(602), builds: [started] }));
    expect(next.record.building?.arn).toBe(started.arn);
    expect(next.decision).toMatchObject({ type: 'wait', reason: 'a build is running' });
  });

  test('nothing is started while any build of the pipeline runs', () => {
    expect(settle(accepted, look({ builds: [build(1, 1, 590, { status: 'in-flight', scheduled: true })] })).decision).toMatchObject({ type: 'wait' });
  });

  test('nothing is started while a finished build is not recorded: it may be what is needed', () => {
    expect(settle(accepted, look({ builds: [build(1, 1, 590)] })).decision).toMatchObject({ type: 'wait' });
  });

  test('an image whose definition is built is left alone', () => {
    expect(after([[build(1, 1, 10), details(1, 'ami-1')]]).record.sequence).toBe(0);
  });

  test('a changed definition starts one build', () => {
    const { record, observation } = after([[build(1, 1, 10), details(1, 'ami-1')]]);
    const { decision } = settle(record, { ...observation, intent: image('base', 2) });
    expect(decision).toMatchObject({ type: 'start-build', build: { cause: { contentHash: 'content-2' } } });
  });

  test('an image that stands on itself is never built', () => {
    expect(settle(accepted, look({ cyclic: true })).decision).toEqual({ type: 'nothing', reason: 'the image stands on itself' });
  });

  test('a failed build is tried again later each time, three times in all, then waits for a new cause', () => {
    let { record } = settle(fresh, look({ now: at(0) }));
    let now = 0;
    const builds: SeenBuild[] = [];
    const starts: number[] = [0];
    while (now < 7 * 24 * 60) {
      if (record.building && !record.building.arn) builds.push(build(1, builds.length + 1, now, { status: 'failed' }));
      now += 5;
      const next = settle(record, look({ now: at(now), builds }));
      if (next.record.sequence > record.sequence) starts.push(now);
      record = next.record;
    }
    expect(starts).toHaveLength(3);
    expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(10);
    expect(starts[2]! - starts[1]!).toBeGreaterThanOrEqual(60);
    expect(settle(record, look({ now: at(now), builds, intent: image('base', 2) })).decision).toMatchObject({ type: 'start-build' });
  });
});

describe('standing on a parent', () => {
  const release = (version: string, ami: string, minutes: number, revoked: string[] = []): NonNullable<ImageObservation['parent']>['release'] => ({
    schemaVersion: SCHEMA_VERSION,
    image: 'base',
    channel: 'latest',
    revision: 1,
    version,
    builtAt: new Date(at(minutes)).toISOString(),
    amis: { [REGION]: ami },
    revoked,
  });
  const role = (parent: ImageObservation['parent'], more: Partial<ImageObservation> = {}): ImageObservation => look({ intent: web, ...more, parent });
  const roleBuild = (number: number, minutes: number): SeenBuild => ({ ...build(1, number, minutes), arn: buildArn('web', 1, number) });
  const builtOn = (parentAmi: string, parent: NonNullable<ImageObservation['parent']>, more: Partial<ImageObservation> = {}): ReturnType<typeof settle> => {
    const seen = roleBuild(1, 100);
    const known = { ...details(1, 'ami-web', { ami: { id: 'ami-web', sourceAmi: parentAmi } }), recipeArn: web.recipeArn };
    return settle(acceptedAtStart(web), role(parent, { builds: [seen], details: { [seen.arn]: known }, ...more }));
  };

  test('before the first release of the parent nothing is built', () => {
    expect(settle(emptyImageRecord('web', SCHEMA_VERSION), role({ versions: [] })).decision).toEqual({ type: 'nothing', reason: 'the parent has no release yet' });
  });

  test('the first release starts the first build', () => {
    const { decision } = settle(emptyImageRecord('web', SCHEMA_VERSION), role({ versions: [], release: release('1.0.1/1', 'ami-b1', 10) }));
    expect(decision).toMatchObject({ type: 'start-build', build: { cause: { parentVersion: '1.0.1/1' } } });
  });

  test('a release that was withdrawn starts nothing', () => {
    const parent = { versions: [], release: release('1.0.1/1', 'ami-b1', 10, ['1.0.1/1']) };
    expect(settle(emptyImageRecord('web', SCHEMA_VERSION), role(parent)).decision).toMatchObject({ reason: 'the release of the parent was withdrawn' });
  });

  const versions = [
    { amis: { [REGION]: 'ami-b1' }, builtAt: new Date(at(10)).toISOString(), withdrawn: false },
    { amis: { [REGION]: 'ami-b2' }, builtAt: new Date(at(50)).toISOString(), withdrawn: false },
  ];
  test.each([
    ['the released version', 'ami-b2', release('1.0.1/2', 'ami-b2', 50), 0],
    ['an older version', 'ami-b1', release('1.0.1/2', 'ami-b2', 50), 1],
    ['an image that is no version', 'ami-seed', release('1.0.1/2', 'ami-b2', 50), 1],
    ['a newer version: the channel went back', 'ami-b2', release('1.0.1/1', 'ami-b1', 10), 0],
  ] as const)('last built on %s', (_, ami, released, expected) => {
    expect(builtOn(ami, { versions, release: released }).record.sequence).toBe(expected);
  });

  test('what stands on a withdrawn version is withdrawn, and its channels go back', () => {
    const good = { versions, release: release('1.0.1/2', 'ami-b2', 50) };
    const { record, observation } = builtOn('ami-b1', { versions, release: release('1.0.1/1', 'ami-b1', 10) });
    const second = roleBuild(2, 200);
    const known = { ...details(1, 'ami-web2', { ami: { id: 'ami-web2', sourceAmi: 'ami-b2' } }), recipeArn: web.recipeArn };
    const newer = settle(record, { ...observation, parent: good, builds: [...observation.builds, second], details: { [second.arn]: known } });
    expect(head(newer.record, 'latest')).toBe('1.0.1/2');
    const withdrawn = { versions: [versions[0]!, { ...versions[1]!, withdrawn: true }], release: release('1.0.1/1', 'ami-b1', 10) };
    const back = settle(newer.record, { ...newer.observation, parent: withdrawn });
    expect(back.record.versions[1]?.withdrawal).toEqual({ type: 'parent-withdrawn', parentAmi: 'ami-b2' });
    expect(head(back.record, 'latest')).toBe('1.0.1/1');
    expect(back.record.channels.latest?.document.revoked).toEqual(['1.0.1/2']);
    expect(back.record.sequence).toBe(0);
  });
});

describe('recording versions', () => {
  test('a build from a recipe that no settled deploy held is withdrawn, and its content is not taken for built', () => {
    const { record, decision } = after([[build(9, 1, 10), details(9, 'ami-9')]]);
    expect(record.versions).toMatchObject([{ withdrawal: { type: 'intent-withdrawn' } }]);
    expect(head(record, 'latest')).toBeUndefined();
    expect(decision).toMatchObject({ type: 'start-build' });
  });

  test('it stays withdrawn when a later deploy settles with the same recipe', () => {
    const { record, observation } = after([[build(9, 1, 10), details(9, 'ami-9')]]);
    const { record: later } = settle(record, { ...observation, intent: image('base', 9) });
    expect(head(later, 'latest')).toBeUndefined();
  });

  test('so it is when the later deploy settles before the build ends: the recipe has the same version, but was accepted later', () => {
    const early = build(2, 1, 10);
    const { record } = settle(accepted, look({
      intent: image('base', 2), now: at(20), builds: [{ ...early, status: 'in-flight' }],
    }));
    const { record: later } = settle(record, look({ intent: image('base', 2), builds: [early], details: { [early.arn]: details(2, 'ami-x') } }));
    expect(later.versions).toMatchObject([{ withdrawal: { type: 'intent-withdrawn' } }]);
  });

  test('a build whose AMI never appears counts as failed after six hours', () => {
    const missing = { recipeArn: base.recipeArn, tested: true, amis: {} };
    expect(after([[build(1, 1, 599), missing]]).record.versions).toEqual([]);
    expect(after([[build(1, 1, 10), missing]]).record.versions).toMatchObject([{ withdrawal: { type: 'build-failed', reason: 'its AMI does not exist' } }]);
  });

  test('what was built before a change that needs no new recipe does not pass for it', () => {
    const changed = { ...base, contentHash: 'content-1b' };
    const { record, observation } = after([[build(1, 1, 10), details(1, 'ami-1')]]);
    const late = build(1, 2, 500, { scheduled: true });
    const { record: next, decision } = settle(record, {
      ...observation, intent: changed, builds: [...observation.builds, late], details: { [late.arn]: details(1, 'ami-2') }, now: at(700),
    });
    expect(next.versions.map(({ contentHash }) => contentHash)).toEqual(['content-1', 'content-1']);
    expect(decision).toMatchObject({ type: 'start-build', build: { cause: { contentHash: 'content-1b' } } });
  });
});

describe('moving channels', () => {
  const one: [SeenBuild, BuildDetails] = [build(1, 1, 10), details(1, 'ami-1')];
  const two: [SeenBuild, BuildDetails] = [build(1, 2, 300, { scheduled: true }), details(1, 'ami-2')];

  test('latest has no gate; production waits until the version has soaked', () => {
    const { record, decision } = after([one]);
    expect(head(record, 'latest')).toBe('1.0.1/1');
    expect(head(record, 'production')).toBeUndefined();
    expect(decision).toMatchObject({ type: 'wait', seconds: 900 });
    const soon = settle(record, look({ builds: [one[0]], now: at(600) + (HOUR - 1) * 1000 }));
    expect(head(soon.record, 'production')).toBeUndefined();
    expect(head(settle(record, look({ builds: [one[0]], now: at(600) + HOUR * 1000 })).record, 'production')).toBe('1.0.1/1');
  });

  test('a wait for a gate is never longer than a message may be delayed', () => {
    const { record, observation } = after([one]);
    expect(decideImage(record, { ...observation, builds: [one[0], build(1, 9, 600, { status: 'in-flight' })] })).toMatchObject({ type: 'wait', seconds: 300 });
  });

  test('an older build that finishes late moves nothing back', () => {
    const { record, observation } = after([two]);
    const late = settle(record, { ...observation, builds: [two[0], one[0]], details: { [one[0].arn]: one[1] } });
    expect(late.record.versions).toHaveLength(2);
    expect(head(late.record, 'latest')).toBe('1.0.1/2');
  });

  test('a version that was not tested does not pass the gate', () => {
    const { record } = after([[one[0], { ...one[1], tested: false }]]);
    expect(head(settle(record, look({ builds: [one[0]], now: at(6000) })).record, 'production')).toBeUndefined();
  });

  test('a version without an AMI in a region that is served is not released', () => {
    const intent = { ...base, regions: [REGION, 'us-east-1'] };
    expect(head(after([one], { intent }).record, 'latest')).toBeUndefined();
  });

  test('a gate that is not known is closed', () => {
    const intent = { ...base, channels: [channel('base', 'odd', [{ type: 'astrology' } as never])] };
    expect(head(after([one], { intent }).record, 'odd')).toBeUndefined();
  });

  test('what differs in the parameters is put right', () => {
    const { record, observation } = after([one]);
    const wrong = { ...observation, channels: { ...observation.channels, latest: { ...observation.channels.latest, ami: 'ami-by-hand' } } };
    expect(decideImage(record, wrong)).toMatchObject({ type: 'publish', channel: 'latest', parameterName: pointer('base', 'latest'), ami: 'ami-1' });
  });
});

describe('fleets', () => {
  const both = [build(1, 1, 10), build(1, 2, 300, { scheduled: true })];
  const known = { [both[0]!.arn]: details(1, 'ami-1'), [both[1]!.arn]: details(1, 'ami-2') };
  const intent = { ...base, channels: [channel('base', 'production', PRODUCTION_GATES.slice(0, 1))] };
  const seen = (followers: Follower[], builds = both): ImageObservation =>
    look({ intent, builds, details: known, followers: { production: followers } });
  const first = settle(acceptedAtStart(intent), seen([follower('a'), follower('b')], both.slice(0, 1)));

  test('the first by name tries a version alone, until it was committed', () => {
    expect(first.record.channels.production?.document).toMatchObject({ revision: 1, canaryFleet: { name: 'a' } });
    const committed = { lastKnownGood: { version: '1.0.1/1', ami: 'ami-1', configurationHash: '', committedAt: '' } };
    const { record } = settle(first.record, seen([follower('a', committed), follower('b')], both.slice(0, 1)));
    expect(record.channels.production?.committed).toEqual(['1.0.1/1']);
    expect(record.channels.production?.document.canaryFleet).toBeUndefined();
    expect(record.channels.production?.document.revision).toBe(2);
  });

  test('the canary stays the same when another fleet joins', () => {
    const { record } = settle(first.record, seen([follower('0'), follower('a')], both.slice(0, 1)));
    expect(record.channels.production?.document.canaryFleet?.name).toBe('a');
  });

  const committedOnOne = { lastKnownGood: { version: '1.0.1/1', ami: 'ami-1', configurationHash: '', committedAt: '' } };
  const proven = settle(first.record, seen([follower('a', committedOnOne)], both.slice(0, 1)));
  const second = settle(proven.record, seen([follower('a', committedOnOne), follower('b')]));
  const refusal = { ...committedOnOne, blocked: [{ version: '1.0.1/2', reason: 'unhealthy' }] };

  test('a version that the canary fleet refuses is withdrawn, and the channel goes back to what was committed', () => {
    expect(head(second.record, 'production')).toBe('1.0.1/2');
    const { record, decision } = settle(second.record, seen([follower('a', refusal), follower('b')]));
    expect(record.versions[1]?.withdrawal).toEqual({ type: 'blocked', fleet: 'a', reason: 'unhealthy' });
    expect(record.channels.production?.document).toMatchObject({ version: '1.0.1/1', revoked: ['1.0.1/2'] });
    expect(decision).toMatchObject({ type: 'nothing' });
  });

  test('a fleet that is not the canary refuses for itself alone', () => {
    const { record } = settle(second.record, seen([follower('a', committedOnOne), follower('b', refusal)]));
    expect(head(record, 'production')).toBe('1.0.1/2');
  });

  test('with nothing to go back to, the channel stays, marked as revoked', () => {
    const { record } = settle(first.record, seen([follower('a', { blocked: [{ version: '1.0.1/1', reason: 'unhealthy' }] })], both.slice(0, 1)));
    expect(record.channels.production?.document).toMatchObject({ version: '1.0.1/1', revoked: ['1.0.1/1'], canaryFleet: { name: 'a' } });
  });
});
