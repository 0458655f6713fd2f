import { NestedStack, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { channelParameterName } from '../../src/contract';
import { RoleImage } from '../../src/image';
import { dependencyCycle } from '../examples/dependency-cycle';
import { echo, newBase, newStack } from '../image/fixture';
import { addFleet, Deployed } from '../packer/build/deployed';

/** A base in the root, a role in one nested stack, its fleet in another. */
function app(stack: Stack, command = 'echo hello'): NestedStack[] {
  const base = newBase(stack);
  const images = new NestedStack(stack, 'Images');
  const role = new RoleImage(images, 'Role', { parent: base, components: [echo('Echo', command)] });
  const servers = new NestedStack(stack, 'Servers');
  addFleet(servers, role.latest);
  return [images, servers];
}

test('nested stacks share the control plane and the names of their root, and nothing waits for itself', () => {
  const stack = newStack();
  stack.node.setContext('@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig', true);
  const [images, servers] = app(stack);
  const templates = [stack, images!, servers!].map((each) => Template.fromStack(each).toJSON());
  templates.forEach((template) => expect(dependencyCycle(template)).toBeUndefined());
  expect(templates.map(({ Resources }) => Object.values<any>(Resources).filter(({ Type }) => Type === 'AWS::DynamoDB::Table').length)).toEqual([1, 0, 0]);
  const named = Object.values<any>(templates[1]!.Resources).filter(({ Type }) => Type.startsWith('AWS::ImageBuilder')).map(({ Properties }) => Properties.Name);
  expect(named).toEqual(['web--role', 'web--role']);
});

describe('deployed', () => {
  let shop: Deployed;
  const release = () => shop.release(channelParameterName('shop', 'role', 'latest'));
  beforeAll(async () => { shop = await Deployed.start('Shop', (stack) => void app(stack)); });
  afterAll(() => shop.local.close());

  test('the images are built and the fleet is rolled', async () => {
    expect(await shop.until(() => shop.fleet('servers')?.lastKnownGood?.version === '1.0.0/1', 48)).toBe(true);
    const stacks = shop.local.world.get(CloudFormationService);
    expect(stacks.stackState('Shop')!.status).toBe('CREATE_COMPLETE');
  });

  test('a deploy that changes a nested image releases another version', async () => {
    await shop.deploy((stack) => void app(stack, 'echo other'));
    expect(await shop.until(() => release()?.version !== '1.0.0/1', 12)).toBe(true);
    expect(await shop.until(() => shop.fleet('servers')?.lastKnownGood?.version === release()!.version, 48)).toBe(true);
  });
});
