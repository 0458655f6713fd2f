import { Fleet } from './fleet';
import { SsmService } from '../../../../golden-images/src/world/ssm/ssm';

const refused = (name: string, text: RegExp) => ({ name, message: expect.stringMatching(text) });
const target = (fleet: Fleet, Version = '1') => ({ DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: fleet.templateId, Version } } });

describe('StartInstanceRefresh refuses', () => {
  test.each([
    [{ MaxHealthyPercentage: 110 }, /MinHealthyPercentage/],
    [{ MinHealthyPercentage: 50, MaxHealthyPercentage: 200 }, /difference/],
    [{ MinHealthyPercentage: 101 }, /MinHealthyPercentage/],
    [{ MinHealthyPercentage: 100, MaxHealthyPercentage: 99 }, /MaxHealthyPercentage/],
    [{ CheckpointDelay: 60 }, /CheckpointPercentages/],
    [{ CheckpointPercentages: [50, 50] }, /ascending/],
    [{ CheckpointPercentages: [50], CheckpointDelay: 172_801 }, /CheckpointDelay/],
    [{ BakeTime: 172_801 }, /BakeTime/],
    [{ StandbyInstances: 'Refresh' }, /StandbyInstances/],
    [{ AutoRollback: true }, /DesiredConfiguration parameter is empty/],
  ])('the preferences %j', async (Preferences, text) => {
    const fleet = await Fleet.start({ size: 0 });
    await expect(fleet.asg('StartInstanceRefresh', { Preferences })).rejects.toMatchObject(refused('ValidationError', text));
  });

  test('an unknown preference and the strategy that replaces root volumes, by name', async () => {
    const fleet = await Fleet.start({ size: 0 });
    await expect(fleet.asg('StartInstanceRefresh', { Preferences: { Speed: 3 } })).rejects.toMatchObject(refused('NotModelled', /Speed/));
    await expect(fleet.asg('StartInstanceRefresh', { Strategy: 'ReplaceRootVolume' })).rejects.toMatchObject(refused('NotModelled', /ReplaceRootVolume/));
  });

  test('a second one while the first is active', async () => {
    const fleet = await Fleet.start({ size: 1 });
    await fleet.refresh(fleet.next);
    await expect(fleet.refresh(fleet.next)).rejects.toMatchObject({ name: 'InstanceRefreshInProgress' });
  });

  test.each(['$Latest', '$Default'])('automatic rollback where the group follows %s', async (version) => {
    const fleet = await Fleet.start({ size: 1, version });
    await expect(fleet.refresh(fleet.next, { AutoRollback: true })).rejects.toMatchObject(refused('ValidationError', /\$Latest or \$Default/));
  });

  test('automatic rollback where the group takes its AMI from a parameter', async () => {
    const fleet = await fleetOnParameter();
    await expect(fleet.refresh(fleet.next, { AutoRollback: true })).rejects.toMatchObject(refused('ValidationError', /Systems Manager parameter/));
    await expect(fleet.refresh(fleet.next)).resolves.toBeDefined();
    await expect(fleet.asg('RollbackInstanceRefresh')).rejects.toMatchObject({ name: 'IrreversibleInstanceRefresh' });
  });

  test('a version, a template or an image that does not exist', async () => {
    const fleet = await Fleet.start({ size: 1 });
    await expect(fleet.asg('StartInstanceRefresh', target(fleet, '99'))).rejects.toMatchObject({ name: 'ValidationError' });
    const version = await fleet.version('ami-0123456789abcdef0');
    await expect(fleet.asg('StartInstanceRefresh', target(fleet, version))).rejects.toMatchObject(refused('ValidationError', /does not exist/));
    await expect(fleet.asg('StartInstanceRefresh', { AutoScalingGroupName: 'other' })).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('while a refresh is active', () => {
  test('its options cannot be changed on the group, not even to what they are; others can', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await fleet.refresh(fleet.next);
    const same = { LaunchTemplate: { LaunchTemplateId: fleet.templateId, Version: '1' } };
    await expect(fleet.asg('UpdateAutoScalingGroup', same)).rejects.toMatchObject(refused('ValidationError', /active instance refresh/));
    await expect(fleet.asg('UpdateAutoScalingGroup', { MaxSize: 9 })).resolves.toBeDefined();
    await fleet.finished();
    await expect(fleet.asg('UpdateAutoScalingGroup', same)).resolves.toBeDefined();
  });

  test('without a desired configuration the group can be changed', async () => {
    const fleet = await Fleet.start({ size: 2 });
    await fleet.asg('StartInstanceRefresh');
    await expect(fleet.asg('UpdateAutoScalingGroup', { LaunchTemplate: { LaunchTemplateId: fleet.templateId } })).resolves.toBeDefined();
    await expect(fleet.asg('RollbackInstanceRefresh')).rejects.toMatchObject({ name: 'IrreversibleInstanceRefresh' });
  });
});

test('nothing active can neither be cancelled nor rolled back', async () => {
  const fleet = await Fleet.start({ size: 1 });
  for (const operation of ['CancelInstanceRefresh', 'RollbackInstanceRefresh']) {
    await expect(fleet.asg(operation)).rejects.toMatchObject({ name: 'ActiveInstanceRefreshNotFound' });
  }
  await fleet.refresh(fleet.next);
  await fleet.finished();
  await expect(fleet.asg('RollbackInstanceRefresh')).rejects.toMatchObject({ name: 'ActiveInstanceRefreshNotFound' });
});

async function fleetOnParameter(): Promise<Fleet> {
  const fleet = await Fleet.start({ size: 1 });
  fleet.world.get(SsmService).put({ Name: '/fleet/image', Type: 'String', Value: fleet.good });
  await fleet.version('resolve:ssm:/fleet/image');
  await fleet.asg('UpdateAutoScalingGroup', { LaunchTemplate: { LaunchTemplateId: fleet.templateId, Version: '2' } });
  return fleet;
}
