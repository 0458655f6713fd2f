import { at, build, details, look, settle, fresh, accepted, after } from './observations';
import type { SeenBuild } from '../../../../src/runtime/domain/image';
import { image } from '../../support/intents';

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
