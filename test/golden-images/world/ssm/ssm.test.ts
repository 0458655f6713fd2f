import { Ec2Service } from '../../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../../golden-images/src/world/iam';
import { World, type WorldEvent } from '../../../../golden-images/src/world/kernel';
import { SsmService } from '../../../../golden-images/src/world/ssm/ssm';

function setUp() {
  const world = new World();
  const events: WorldEvent[] = [];
  world.onEvent((event) => events.push(event));
  return { world, ssm: world.get(SsmService), ec2: world.get(Ec2Service), events };
}

const put = (name: string, value: string, more: object = {}) => ({ Name: name, Value: value, Type: 'String', ...more });

describe('PutParameter', () => {
  test('counts versions and keeps the history', () => {
    const { ssm } = setUp();
    expect(ssm.put(put('/a', 'one'))).toEqual({ Version: 1, Tier: 'Standard' });
    expect(ssm.put(put('/a', 'two', { Overwrite: true })).Version).toBe(2);
    expect(ssm.value('/a')).toBe('two');
    expect(ssm.value('/a:1')).toBe('one');
    expect(ssm.value('/a:3')).toBeUndefined();
  });

  test('without Overwrite an existing parameter is refused', () => {
    const { ssm } = setUp();
    ssm.put(put('/a', 'one'));
    expect(() => ssm.put(put('/a', 'two'))).toThrow(expect.objectContaining({ code: 'ParameterAlreadyExists' }));
  });

  test('an AMI is not there before it has been validated; an unknown one succeeds, changes nothing, and says so by an event', async () => {
    const { world, ssm, ec2, events } = setUp();
    const good = ec2.registerImage({ name: 'good', architecture: 'x86_64' });
    ssm.put(put('/image', good, { DataType: 'aws:ec2:image' }));
    expect(ssm.value('/image')).toBeUndefined();
    await world.timeline.runUntil(world.now + 10_000);
    expect(ssm.value('/image')).toBe(good);
    expect(ssm.put(put('/image', 'ami-0123456789abcdef0', { DataType: 'aws:ec2:image', Overwrite: true }))).toMatchObject({ Version: 2 });
    await world.timeline.runUntil(world.now + 10_000);
    expect(ssm.value('/image')).toBe(good);
    expect(events.at(-1)).toEqual({
      source: 'aws.ssm',
      detailType: 'Parameter Store Change',
      detail: { exception: 'Unable to Describe Resource: ami-0123456789abcdef0', dataType: 'aws:ec2:image', name: '/image', type: 'String', operation: 'Update' },
      resources: ['arn:aws:ssm:eu-central-1:123456789012:parameter/image'],
    });
  });

  test.each([[['ec2:DescribeImages'], true], [['ec2:Describe*'], true], [['ssm:PutParameter'], false]])(
    'an AMI is validated with the rights of who puts it: %j: %s', async (actions, written) => {
      const { world, ssm, ec2, events } = setUp();
      const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
      const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
      world.get(IamService).createRole({ RoleName: 'r', AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'p', PolicyDocument: document }] });
      const image = ec2.registerImage({ name: 'good', architecture: 'x86_64' });
      const session = 'arn:aws:sts::123456789012:assumed-role/r/session';
      await world.as(session, () => world.call(ssm, 'PutParameter', put('/image', image, { DataType: 'aws:ec2:image' })));
      await world.timeline.runUntil(world.now + 10_000);
      expect(ssm.value('/image')).toBe(written ? image : undefined);
      expect(events.at(-1)!.detail).toMatchObject(written ? { operation: 'Create' } : { operation: 'Create', exception: expect.stringContaining(image) });
    },
  );

  test('validations take the time that is set, one after another where that is set; the same seed gives the same times', async () => {
    const times = async (seed: number): Promise<number[]> => {
      const world = new World({ seed });
      const ssm = world.get(SsmService);
      Object.assign(ssm.imageValidation, { seconds: [2, 4], oneAfterAnother: true });
      const start = world.now;
      const at: number[] = [];
      world.onEvent(({ source }) => { if (source === 'aws.ssm') at.push(world.now - start); });
      for (const name of ['/a', '/b', '/c']) ssm.put(put(name, world.get(Ec2Service).registerImage({ name, architecture: 'x86_64' }), { DataType: 'aws:ec2:image' }));
      await world.timeline.runUntil(world.now + 60_000);
      return at;
    };
    const [first, second, third] = await times(5);
    for (const each of [first!, second! - first!, third! - second!]) {
      expect(each).toBeGreaterThanOrEqual(2000);
      expect(each).toBeLessThanOrEqual(4000);
    }
    expect(await times(5)).toEqual([first, second, third]);
    expect(await times(6)).not.toEqual([first, second, third]);
  });

  test('what must not overwrite is refused when another was faster', async () => {
    const { world, ssm, ec2, events } = setUp();
    const image = ec2.registerImage({ name: 'good', architecture: 'x86_64' });
    ssm.imageValidation.oneAfterAnother = true;
    ssm.put(put('/image', image, { DataType: 'aws:ec2:image' }));
    ssm.put(put('/image', image, { DataType: 'aws:ec2:image' }));
    await world.timeline.runUntil(world.now + 20_000);
    expect(ssm.find('/image')!.versions).toHaveLength(1);
    expect(events.at(-1)!.detail).toMatchObject({ exception: expect.stringContaining('already exists') });
  });

  test('the data type of an existing parameter cannot change', () => {
    const { ssm, ec2 } = setUp();
    ssm.put(put('/a', 'text'));
    const ami = ec2.registerImage({ name: 'image', architecture: 'x86_64' });
    expect(() => ssm.put(put('/a', ami, { DataType: 'aws:ec2:image', Overwrite: true }))).toThrow(/data type/);
  });

  test('keeps 100 versions; a label on the oldest one blocks the next', () => {
    const { ssm } = setUp();
    ssm.put(put('/a', '1'));
    ssm.operations.LabelParameterVersion!({ Name: '/a', Labels: ['keep'] });
    for (let version = 2; version <= 100; version += 1) ssm.put(put('/a', String(version), { Overwrite: true }));
    expect(() => ssm.put(put('/a', '101', { Overwrite: true }))).toThrow(expect.objectContaining({ code: 'ParameterMaxVersionLimitExceeded' }));
    ssm.operations.LabelParameterVersion!({ Name: '/a', ParameterVersion: 50, Labels: ['keep'] });
    ssm.put(put('/a', '101', { Overwrite: true }));
    expect(ssm.value('/a:keep')).toBe('50');
    expect(ssm.value('/a:1')).toBeUndefined();
  });

  test.each([
    ['a reserved name', put('/aws/x', '1'), 'AccessDeniedException'],
    ['an invalid character', put('/a b', '1'), 'ValidationException'],
    ['over 4 KB in the standard tier', put('/a', 'x'.repeat(4097)), 'ValidationException'],
    ['a member the model does not know', put('/a', '1', { Policies: '[]' }), 'NotModelled'],
    ['a secure string', put('/a', '1', { Type: 'SecureString' }), 'NotModelled'],
  ])('refuses %s', (_what, input, code) => {
    expect(() => setUp().ssm.put(input)).toThrow(expect.objectContaining({ code }));
  });
});

test('public parameters give an AMI that exists, and a new one when Amazon publishes', () => {
  const { ssm, ec2 } = setUp();
  const name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
  const first = ssm.value(name)!;
  expect(ec2.image(first)).toMatchObject({ architecture: 'arm64', state: 'available' });
  expect(ssm.value(name)).toBe(first);
  ssm.public.publish(name);
  expect(ssm.value(name)).not.toBe(first);
  expect(ssm.value('/aws/service/ami-windows-latest/Windows_Server-1999-English-Full-Base')).toBeUndefined();
});

test('an unknown parameter is refused by name', () => {
  expect(() => setUp().ssm.operations.GetParameter!({ Name: '/nowhere' })).toThrow(expect.objectContaining({ code: 'ParameterNotFound' }));
});

test('lists come in pages, however few were asked for', async () => {
  const world = new World();
  const ssm = world.get(SsmService);
  for (let index = 0; index < 12; index++) ssm.put({ Name: `/many/${index}`, Value: 'x', Type: 'String' });
  const first = await world.call(ssm, 'GetParametersByPath', { Path: '/many' });
  expect(first.Parameters).toHaveLength(10);
  const second = await world.call(ssm, 'GetParametersByPath', { Path: '/many', NextToken: first.NextToken });
  expect(second).toEqual({ Parameters: [expect.anything(), expect.anything()] });
  expect((await world.call(ssm, 'DescribeParameters', { MaxResults: 5 })).Parameters).toHaveLength(5);
});

test('a filter that is not modelled is refused', async () => {
  const world = new World();
  await expect(world.call(world.get(SsmService), 'DescribeParameters', { Shared: true })).rejects.toThrow('does not model ssm:DescribeParameters Shared');
});
