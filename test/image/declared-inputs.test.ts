import { CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnInfrastructureConfiguration, type CfnImagePipeline } from 'aws-cdk-lib/aws-imagebuilder';
import { echo, newBase, newRole, newStack, Synthesized } from './fixture';
import { BuildInfrastructure, RoleImage } from '../../src/image';

const infrastructureOf = (scope: ReturnType<typeof newStack>): CfnInfrastructureConfiguration =>
  scope.node.findAll().find((each): each is CfnInfrastructureConfiguration => CfnInfrastructureConfiguration.isCfnInfrastructureConfiguration(each))!;

test('what the template says is declared, overrides included', () => {
  const stack = newStack();
  newRole(stack);
  infrastructureOf(stack).addPropertyOverride('KeyPair', 'operators');
  const { infrastructures, images } = new Synthesized(stack).registry;
  expect(infrastructures).toMatchObject([{ content: { 'key pair': 'operators', 'end of instances that failed': true } }]);
  expect(images.map(({ inputs }) => inputs!.pipeline['infrastructure configuration'])).toEqual([infrastructures![0]!.arn, infrastructures![0]!.arn]);
});

test('an override by a value that is known only while deploying is that value', () => {
  const stack = newStack();
  newRole(stack);
  const key = new CfnParameter(stack, 'Key');
  infrastructureOf(stack).addPropertyOverride('KeyPair', { Ref: key.logicalId });
  expect(new Synthesized(stack).registry.infrastructures![0]!.content['key pair']).toMatch(/Key/);
});

test('a list that is known only while deploying is compared with nothing, and needs no function', () => {
  const stack = newStack();
  newRole(stack);
  infrastructureOf(stack).securityGroupIds = Fn.split(',', new CfnParameter(stack, 'Groups').valueAsString);
  const template = new Synthesized(stack);
  expect(template.registry.infrastructures![0]!.content['security groups']).toBe('*');
  expect(template.ofType('Custom::AWSCDKCfnJsonStringify')).toEqual([]);
});

test('of an infrastructure that is given by its ARN, the ARN is declared', () => {
  const stack = newStack();
  const role = newRole(stack);
  (role.node.findChild('Pipeline') as CfnImagePipeline).addPropertyOverride('InfrastructureConfigurationArn', 'arn:other');
  const { images } = new Synthesized(stack).registry;
  expect(images.find(({ name }) => name === role.imageName)!.inputs!.pipeline['infrastructure configuration']).toBe('arn:other');
});

test('the intents of 115 images are a fraction of what an item of the ledger holds', () => {
  const stack = newStack();
  const base = newBase(stack);
  BuildInfrastructure.shared(stack);
  for (let each = 0; each < 115; each += 1) {
    new RoleImage(stack, `Role${each}`, { parent: base, components: [echo(`one-${each}`), echo(`two-${each}`, `echo ${each}`)] });
  }
  const document = new Synthesized(stack).registry;
  const length = JSON.stringify(document).length;
  const without = JSON.stringify({ ...document, infrastructures: [], images: document.images.map(({ inputs, ...image }) => image) }).length;
  expect([length < 200_000, length + without < 300_000]).toEqual([true, true]);
});
