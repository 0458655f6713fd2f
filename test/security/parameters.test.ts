import { PutParameterCommand, SSMClient, type PutParameterCommandInput } from '@aws-sdk/client-ssm';
import { attacker } from './attacker';
import { inProcessHandler } from '../../golden-images/src/wire';
import { World } from '../../golden-images/src/world';
import { Ec2Service } from '../../golden-images/src/world/ec2';
import { IamService } from '../../golden-images/src/world/iam';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { SsmParameters } from '../../src/runtime/aws/parameters';

const NAME = '/imagebuilder/golden-images/shop/web/production/release';

/** What the controllers write with, and somebody who may write parameters too. */
async function setUp() {
  const world = new World();
  const settings = { region: world.region, credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, requestHandler: inProcessHandler(world) as never, maxAttempts: 1 };
  const mallory = attacker(world, 'Mallory');
  const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' } };
  await world.call(world.get(IamService), 'PutRolePolicy', { RoleName: 'Mallory', PolicyName: 'Read', PolicyDocument: JSON.stringify(policy) });
  const put = (input: Omit<PutParameterCommandInput, 'Name' | 'Type'>) => mallory.client(SSMClient).send(new PutParameterCommand({ Name: NAME, Type: 'String', ...input }));
  const ami = world.get(Ec2Service).registerImage({ name: 'hers', architecture: 'x86_64', platform: 'linux' });
  return { world, put, ami, parameters: new SsmParameters(new SSMClient(settings)), ssm: world.get(SsmService) };
}

test('a pattern that somebody else gave a parameter keeps no document out', async () => {
  const { put, parameters, ssm } = await setUp();
  await put({ Value: 'x', AllowedPattern: '^x$' });
  await parameters.put(NAME, '{"revision":2}', 'text');
  expect(ssm.value(NAME)).toBe('{"revision":2}');
});

test('nor does a parameter of another data type in the place of a document', async () => {
  const { world, put, parameters, ssm, ami } = await setUp();
  await put({ Value: ami, DataType: 'aws:ec2:image' });
  await world.timeline.runUntil(world.now + 60_000);
  expect(ssm.value(NAME)).toBe(ami);
  await parameters.put(NAME, '{"revision":2}', 'text');
  expect(ssm.value(NAME)).toBe('{"revision":2}');
});

test('nor does a pattern keep a pointer from its AMI', async () => {
  const { world, put, parameters, ssm, ami } = await setUp();
  await put({ Value: ami, DataType: 'aws:ec2:image', AllowedPattern: `^${ami}$` });
  await world.timeline.runUntil(world.now + 60_000);
  const good = world.get(Ec2Service).registerImage({ name: 'ours', architecture: 'x86_64', platform: 'linux' });
  await parameters.put(NAME, good, 'aws:ec2:image');
  await world.timeline.runUntil(world.now + 60_000);
  expect(ssm.value(NAME)).toBe(good);
});
