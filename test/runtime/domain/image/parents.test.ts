import { web, at, build, details, look, settle, acceptedAtStart, head } from './observations';
import { SCHEMA_VERSION } from '../../../../src/contract';
import { emptyImageRecord, type ImageObservation, type SeenBuild } from '../../../../src/runtime/domain/image';
import { buildArn, REGION } from '../../support/intents';

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
  /** The parameter holds the release, unless it is said otherwise. */
  const role = (parent: NonNullable<ImageObservation['parent']>, more: Partial<ImageObservation> = {}): ImageObservation =>
    look({ intent: web, ...more, parent: { ...(parent.release ? { pointer: parent.release.amis[REGION]! } : {}), ...parent } });
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

  test.each([['holds something else', 'ami-foreign'], ['is absent', undefined]])('a parameter that %s starts nothing, until it holds the release', (_, pointer) => {
    const parent = { versions: [], release: release('1.0.1/1', 'ami-b1', 10), pointer };
    expect(settle(emptyImageRecord('web', SCHEMA_VERSION), role(parent)).decision).toMatchObject({ type: 'wait', seconds: 60 });
  });

  test('a ledger of another stack that cannot be read starts nothing and withdraws nothing', () => {
    expect(settle(emptyImageRecord('web', SCHEMA_VERSION), role({ versions: [], unreadable: 'denied' })).decision).toMatchObject({ type: 'wait' });
    expect(builtOn('ami-b1', { versions: [], unreadable: 'denied' }).record.versions[0]!.withdrawal).toBeUndefined();
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
