import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { echo, newBase } from './fixture';
import { Source } from '../../src/component';
import { Fleet, RolloutTarget } from '../../src/fleet';
import { BuildInfrastructure, BuildSchedule, ParentImage, PatchedBaseImage, RegisteredImage, RoleImage } from '../../src/image';
import { PackerBuild } from '../../src/packer/build';

const account = '111111111111';
const tool = Source.https('https://tools.example.com/packer.zip', 'b'.repeat(64));

type Use = (stack: Stack, other: Stack) => unknown;

const uses: Array<[string, Use]> = [
  ['parent of the image', (stack, other) => new RoleImage(stack, 'Role', { parent: newBase(other), components: [echo()] })],
  ['parent of the image', (stack, other) => new RegisteredImage(stack, 'Web', { parent: newBase(other) })],
  ['image that the fleet follows', (stack, other) => new Fleet(stack, 'Fleet', { follows: newBase(other).latest })],
  ['image of the build', (stack, other) => new PackerBuild(stack, 'Packer', {
    image: new RegisteredImage(other, 'Web', { initialAmi: ParentImage.amazonLinux2023() }),
    template: Source.asset(join(__dirname, '../packer/build/template')),
    runTag: { key: 'Name', value: 'Packer Builder' },
    packer: tool,
  })],
  ['build infrastructure of the image', (stack, other) => new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), infrastructure: new BuildInfrastructure(other, 'Farm'),
  })],
];

const inRegion = (use: Use, region: string | undefined, its = account): unknown => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Here', { env: { account, region: 'eu-central-1' } });
  return use(stack, new Stack(app, 'There', region === undefined ? {} : { env: { account: its, region } }));
};

test('an Auto Scaling group is refused in another region, by name', () => {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true } });
  const [here, there] = ['eu-central-1', 'eu-west-1'].map((region) => new Stack(app, region, { env: { account, region } }));
  const fleet = new Fleet(here!, 'Fleet', { follows: newBase(here!).latest });
  const group = new AutoScalingGroup(there!, 'Group', { vpc: new Vpc(there!, 'Vpc'), instanceType: new InstanceType('m7i.large'), machineImage: fleet.machineImage });
  expect(() => fleet.addTarget(RolloutTarget.autoScalingGroup(group))).toThrow(/^eu-central-1\/Fleet: the Auto Scaling group, eu-west-1\/Group\/ASG, is in region eu-west-1; expected/);
});

test.each(['account', 'region'] as const)('images of one name and namespace are right in two environments that differ in the %s', (part) => {
  const app = new App({ analyticsReporting: false });
  const envs = [{ account, region: 'eu-central-1' }, { account, region: 'eu-central-1', [part]: part === 'region' ? 'us-east-1' : '222222222222' }];
  const stacks = envs.map((env, index) => new Stack(app, `Web${index}`, { env, stackName: 'web' }));
  stacks.forEach((stack) => new RoleImage(stack, 'Role', { parent: newBase(stack), components: [echo()] }));
  const [one, other] = stacks.map((stack) => Object.keys(Template.fromStack(stack).findResources('AWS::ImageBuilder::ImagePipeline')));
  expect(one).toHaveLength(2);
  expect(other).toEqual(one);
});

test.each(uses)('the %s is refused in another region or account, and not where one of them is unknown', (role, use) => {
  expect(() => inRegion(use, 'eu-west-1')).toThrow(new RegExp(`^Here/\\w+: the ${role}, There/\\w+, is in region eu-west-1; expected region eu-central-1`));
  expect(() => inRegion(use, 'eu-central-1', '222222222222')).toThrow(new RegExp(`the ${role}, There/\\w+, is in account 222222222222; expected account ${account}`));
  expect(() => inRegion(use, 'eu-central-1')).not.toThrow();
  expect(() => inRegion(use, undefined)).not.toThrow();
});
