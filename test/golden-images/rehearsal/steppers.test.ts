import { Timeline } from '../../../golden-images/src/world/kernel/timeline';

/** Work that takes real time, as a handler does, and notes when it runs. */
function work(timeline: Timeline, log: string[], name: string): () => Promise<void> {
  return async () => {
    log.push(`${name} begins at ${timeline.now}`);
    await new Promise((done) => setTimeout(done, 5));
    log.push(`${name} ends at ${timeline.now}`);
  };
}

describe('two who let time pass at once', () => {
  test('take turns: time stands still while what one of them woke still runs', async () => {
    const timeline = new Timeline(0);
    const log: string[] = [];
    ['a', 'b', 'c', 'd'].forEach((name, index) => timeline.schedule(10 * (index + 1), name, work(timeline, log, name)));
    await Promise.all([timeline.runUntil(50), (async () => { while (await timeline.step()); })()]);
    expect(log).toEqual(['a', 'b', 'c', 'd'].flatMap((name, index) => [`${name} begins at ${10 * (index + 1)}`, `${name} ends at ${10 * (index + 1)}`]));
    expect(timeline.now).toBe(50);
  });

  test('never go further than each was asked to', async () => {
    const timeline = new Timeline(0);
    const log: string[] = [];
    timeline.schedule(10, 'near', work(timeline, log, 'near'));
    timeline.schedule(1000, 'far', work(timeline, log, 'far'));
    await Promise.all([timeline.runUntil(10), timeline.runUntil(10), timeline.step(() => timeline.now < 10)]);
    expect(timeline.now).toBe(10);
    expect(log).toEqual(['near begins at 10', 'near ends at 10']);
  });

  test('each goes on after the other met an error', async () => {
    const timeline = new Timeline(0);
    const log: string[] = [];
    timeline.schedule(1, 'broken', () => { throw new Error('out of order'); });
    timeline.schedule(2, 'sound', work(timeline, log, 'sound'));
    const [first, second] = await Promise.allSettled([timeline.step(), timeline.step()]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('out of order') } });
    expect(second).toMatchObject({ status: 'fulfilled', value: true });
    expect(log).toHaveLength(2);
  });
});
