import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { echo, newBase } from './fixture';
import { Source } from '../../src/component';
import { Fleet } from '../../src/fleet';
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
    image: new RegisteredImage(other, 'Web', { initialAmi: ParentImage.amazonLinux2023() }), template: Source.asset(join(__dirname, '../packer/build/template')), packer: tool,
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

test.each(uses)('the %s is refused in another region or account, and not where one of them is unknown', (role, use) => {
  expect(() => inRegion(use, 'eu-west-1')).toThrow(new RegExp(`^Here/\\w+: the ${role}, There/\\w+, is in region eu-west-1; expected region eu-central-1`));
  expect(() => inRegion(use, 'eu-central-1', '222222222222')).toThrow(new RegExp(`the ${role}, There/\\w+, is in account 222222222222; expected account ${account}`));
  expect(() => inRegion(use, 'eu-central-1')).not.toThrow();
  expect(() => inRegion(use, undefined)).not.toThrow();
});
