import { base, build, details, follower, look, settle, acceptedAtStart, head } from './observations';
import type { Follower, ImageObservation } from '../../../../src/runtime/domain/image';
import { channel, PRODUCTION_GATES } from '../../support/intents';

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
