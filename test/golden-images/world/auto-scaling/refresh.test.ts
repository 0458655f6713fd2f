import { Fleet } from './fleet';

const ONE_AT_A_TIME = { MinHealthyPercentage: 100, MaxHealthyPercentage: 100, InstanceWarmup: 30 };

describe('an instance refresh', () => {
  test('replaces everything, one at a time and launching first, and only then becomes the configuration of the group', async () => {
    const fleet = await Fleet.start({ size: 6 });
    expect(fleet.healthy()).toHaveLength(6);
    await fleet.refresh(fleet.next, ONE_AT_A_TIME);
    let lowest = Infinity;
    let most = 0;
    while ((await fleet.latest()).Status !== 'Successful' && (await fleet.latest()).Status !== 'Failed') {
      await fleet.world.timeline.step();
      lowest = Math.min(lowest, fleet.healthy().length);
      most = Math.max(most, fleet.group.live.length);
      if ((await fleet.latest()).Status !== 'Successful') expect(fleet.group.settings.source.LaunchTemplate?.Version).toBe('1');
    }
    expect(await fleet.latest()).toMatchObject({ Status: 'Successful', PercentageComplete: 100, InstancesToUpdate: 0 });
    expect({ lowest, most }).toEqual({ lowest: 6, most: 7 });
    expect(fleet.images()).toEqual({ next: 6 });
    expect(fleet.group.settings.source.LaunchTemplate?.Version).toBe('2');
    expect(fleet.told('EC2 Auto Scaling Instance Refresh Started')).toBe(1);
    expect(fleet.told('EC2 Auto Scaling Instance Refresh Succeeded')).toBe(1);
  });

  test('to a sick image touches one instance, fails after an hour and leaves the rest', async () => {
    const fleet = await Fleet.start({ size: 6 });
    await fleet.refresh(fleet.sick, ONE_AT_A_TIME);
    const end = await fleet.finished();
    expect(end).toMatchObject({ Status: 'Failed', PercentageComplete: 0, InstancesToUpdate: 6 });
    expect(fleet.healthy()).toHaveLength(6);
    expect((end.EndTime - end.StartTime) / 60_000).toBeLessThan(62);
  });

  test('to a sick image with automatic rollback ends on the old one', async () => {
    const fleet = await Fleet.start({ size: 6 });
    await fleet.refresh(fleet.sick, { MinHealthyPercentage: 80, AutoRollback: true, InstanceWarmup: 30 });
    await fleet.minutes(30);
    expect(fleet.images()).toEqual({ good: 5, sick: 1 });
    expect(await fleet.finished()).toMatchObject({ Status: 'RollbackSuccessful', RollbackDetails: { PercentageCompleteOnRollback: 0 } });
    expect(fleet.images()).toEqual({ good: 6 });
    expect(fleet.group.settings.source.LaunchTemplate?.Version).toBe('1');
  });
});
