import { base, at, build, details, look, settle, after, head } from './observations';
import { decideImage, type BuildDetails, type SeenBuild } from '../../../../src/runtime/domain/image';
import { gateVerdict } from '../../../../src/runtime/domain/image/gates';
import { channel, HOUR, pointer, REGION } from '../../support/intents';

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
    expect(gateVerdict(intent.channels[0]!, after([one], { intent }).record.versions[0]!, [REGION], 0))
      .toEqual({ type: 'closed', reason: "the gate 'astrology' is not known" });
  });

  test('what differs in the parameters is put right', () => {
    const { record, observation } = after([one]);
    const wrong = { ...observation, channels: { ...observation.channels, latest: { ...observation.channels.latest, ami: 'ami-by-hand' } } };
    expect(decideImage(record, wrong)).toMatchObject({ type: 'publish', channel: 'latest', parameterName: pointer('base', 'latest'), ami: 'ami-1' });
  });
});
