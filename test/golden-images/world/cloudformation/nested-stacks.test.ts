import { Fixture, things, type TemplateObject } from './fixture';

let aws: Fixture;
beforeEach(() => { aws = new Fixture(); });

const URL = 'https://s3.eu-central-1.amazonaws.com/templates/';

/** A stack with a thing, a nested stack after it, and a thing that stands on the nested one. */
function root(child: TemplateObject, { last = 'last', version = '1' } = {}): TemplateObject {
  aws.objects.objects.set(`templates/${version}.json`, Buffer.from(JSON.stringify(child)));
  const Nested = {
    Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `${URL}${version}.json`, Parameters: { Given: { 'Fn::GetAtt': ['First', 'Value'] } } },
  };
  const { Resources } = things({ First: { Properties: { Value: 'first' } }, Last: { DependsOn: 'Nested', Properties: { Value: last } } });
  return { Resources: { ...Resources as object, Nested }, Outputs: { Inner: { Value: { 'Fn::GetAtt': ['Nested', 'Outputs.Inner'] } } } };
}

const child = (name = 'a', more: Record<string, Record<string, unknown>> = {}): TemplateObject => things(
  { Inner: { Properties: { Value: { Ref: 'Given' }, Name: name } }, ...more },
  { Parameters: { Given: { Type: 'String' } }, Outputs: { Inner: { Value: { 'Fn::GetAtt': ['Inner', 'Value'] } } } },
);

const nestedId = (): string => aws.physicalId('Nested');
const nested = async () => (await aws.call('DescribeStacks', { StackName: nestedId() })).Stacks[0];

test('is created with its parameters, gives its outputs, and names its root', async () => {
  expect(await aws.deploy(root(child()))).toBe('CREATE_COMPLETE');
  const [stack] = (await aws.call('DescribeStacks', { StackName: 'stack' })).Stacks;
  expect(stack.Outputs).toEqual([expect.objectContaining({ OutputKey: 'Inner', OutputValue: 'first' })]);
  expect(stack.RootId).toBeUndefined();
  expect(await nested()).toMatchObject({ StackStatus: 'CREATE_COMPLETE', RootId: stack.StackId, ParentId: stack.StackId });
  expect(aws.verbs()).toEqual(['create First', 'create Inner', 'create Last']);
});

test('is cleaned up after everything of its root is updated', async () => {
  await aws.deploy(root(child()));
  aws.forgetCalls();
  expect(await aws.deploy(root(child('b'), { last: 'other', version: '2' }))).toBe('UPDATE_COMPLETE');
  expect(aws.verbs()).toEqual(['create Inner', 'update Last', 'delete Inner']);
  expect((await nested()).StackStatus).toBe('UPDATE_COMPLETE');
});

test('goes back to what it had, without making anything anew, when its root fails later', async () => {
  await aws.deploy(root(child()));
  const before = aws.physicalId('Inner', nestedId());
  aws.forgetCalls();
  aws.things.failures = ['update Last'];
  expect(await aws.deploy(root(child('b'), { last: 'other', version: '2' }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(aws.verbs()).toEqual(['create Inner', 'update Last', 'delete Inner', 'update Last']);
  expect(aws.physicalId('Inner', nestedId())).toBe(before);
  expect((await nested()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('fails its root when it fails itself, and has rolled back before', async () => {
  await aws.deploy(root(child()));
  aws.things.failures = ['create More'];
  expect(await aws.deploy(root(child('a', { More: {} }), { version: '2' }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  const reason = aws.events().find(({ ResourceStatus: status }) => status === 'UPDATE_FAILED')!.ResourceStatusReason;
  expect(reason).toMatch(/^Embedded stack arn:aws:cloudformation:.* was not successfully updated\. .*failed to create: \[More\]/);
  expect((await nested()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('one that cannot be created is deleted with its root', async () => {
  aws.things.failures = ['create Inner'];
  expect(await aws.deploy(root(child()))).toBe('ROLLBACK_COMPLETE');
  expect(aws.things.state.size).toBe(0);
  const reason = aws.events().find(({ ResourceStatus: status }) => status === 'CREATE_FAILED')!.ResourceStatusReason;
  expect(reason).toMatch(/^Embedded stack .* was not successfully created: The following resource\(s\) failed to create: \[Inner\]/);
});

test('is deleted with its root', async () => {
  await aws.deploy(root(child()));
  const id = nestedId();
  expect(await aws.destroy()).toBe('DELETE_COMPLETE');
  expect(aws.things.state.size).toBe(0);
  expect(aws.cloudFormation.stackState(id)!.status).toBe('DELETE_COMPLETE');
});
