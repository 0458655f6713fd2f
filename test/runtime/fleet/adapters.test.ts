import { CreateLaunchTemplateVersionCommand } from '@aws-sdk/client-ec2';
import { Road } from './road';

describe('the fleet controller through the SDK', () => {
  test('brings a fleet to its first release, to the next, back from a sick one, and to a new configuration', async () => {
    const road = await Road.start(6);
    const { fleet } = road;
    await road.release('1.0.0/1', fleet.good);
    await fleet.minutes(10);
    await road.release('1.0.1/1', fleet.next);
    expect(await road.until(1)).toMatchObject({ version: '1.0.1/1', outcome: 'committed', instancesTouched: 6 });
    expect(fleet.images()).toEqual({ next: 6 });

    await road.release('1.0.2/1', fleet.sick);
    const sick = await road.until(2);
    expect(sick).toMatchObject({ version: '1.0.2/1', outcome: 'rolled-back', instancesTouched: 1 });
    expect(Date.parse(sick.haltedAt!) - Date.parse(sick.startedAt)).toBeLessThan(600_000);
    expect(fleet.images()).toEqual({ next: 6 });

    await road.ec2.send(new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId: fleet.templateId, SourceVersion: '1', LaunchTemplateData: { UserData: Buffer.from('#!/bin/sh').toString('base64') },
    }));
    await road.release('1.0.3/1', fleet.good);
    await road.until(4);
    expect(road.state.history.slice(2)).toMatchObject([{ kind: 'image', outcome: 'committed' }, { kind: 'configuration', outcome: 'committed', instancesTouched: 6 }]);
    expect(fleet.images()).toEqual({ good: 6 });
  });
});
