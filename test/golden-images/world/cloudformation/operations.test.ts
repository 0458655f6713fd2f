import { Fixture, things } from './fixture';
import { bucketAndKey } from '../../../../golden-images/src/world/cloudformation/operations/requests';

const template = (name: string, value: unknown = 1): ReturnType<typeof things> => things({
  A: { Properties: { Name: name } }, B: { Properties: { Value: value, Other: { Ref: 'A' } } }, C: { Properties: { Value: { 'Fn::GetAtt': ['B', 'Value'] } } },
});

async function changesOf(fixture: Fixture, of: object, input: Record<string, unknown> = {}): Promise<any[]> {
  await fixture.call('CreateChangeSet', { StackName: 'stack', ChangeSetName: 'look', ChangeSetType: 'UPDATE', TemplateBody: JSON.stringify(of) });
  const { Changes } = await fixture.call('DescribeChangeSet', { StackName: 'stack', ChangeSetName: 'look', ...input });
  await fixture.call('DeleteChangeSet', { StackName: 'stack', ChangeSetName: 'look' });
  return Changes.map(({ ResourceChange }: any) => ResourceChange);
}

describe('a change set', () => {
  test('of a new stack leaves it under review, and adds everything', async () => {
    const fixture = new Fixture();
    const { Id, StackId } = await fixture.call('CreateChangeSet', { StackName: 'stack', ChangeSetName: 'c', ChangeSetType: 'CREATE', TemplateBody: JSON.stringify(template('a')) });
    expect((await fixture.call('DescribeStacks', { StackName: 'stack' })).Stacks[0].StackStatus).toBe('REVIEW_IN_PROGRESS');
    const description = await fixture.call('DescribeChangeSet', { StackName: StackId, ChangeSetName: Id });
    expect(description).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
    expect(description.Changes.map(({ ResourceChange }: any) => [ResourceChange.Action, ResourceChange.LogicalResourceId])).toEqual([['Add', 'A'], ['Add', 'B'], ['Add', 'C']]);
    expect((await fixture.call('ListChangeSets', { StackName: 'stack' })).Summaries).toHaveLength(1);
    expect(await fixture.call('GetTemplate', { StackName: 'stack' })).not.toHaveProperty('TemplateBody');
    expect(fixture.cloudFormation.active()).toBe(false);
    expect(await fixture.destroy()).toBe('DELETE_COMPLETE');
  });

  test('tells replacements, and what may follow from them', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template('a'));
    const [a, b, c] = await changesOf(fixture, template('b'));
    expect(a).toMatchObject({
      Action: 'Modify',
      Replacement: 'True',
      PolicyAction: 'ReplaceAndDelete',
      Scope: ['Properties'],
      Details: [{ Target: { Attribute: 'Properties', Name: 'Name', RequiresRecreation: 'Always' }, Evaluation: 'Static', ChangeSource: 'DirectModification' }],
    });
    expect(b).toMatchObject({ Replacement: 'False', Details: [{ Evaluation: 'Dynamic', ChangeSource: 'ResourceReference', CausingEntity: 'A' }] });
    expect(c).toMatchObject({ Replacement: 'False', Details: [{ Evaluation: 'Dynamic', ChangeSource: 'ResourceAttribute', CausingEntity: 'B.Value' }] });
  });

  test('tells values where that is asked for', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template('a'));
    const [b] = await changesOf(fixture, template('a', 2), { IncludePropertyValues: true });
    expect(b.Details[0].Target).toMatchObject({ Path: '/Properties/Value', BeforeValue: '1', AfterValue: '2', AttributeChangeType: 'Modify' });
    expect(JSON.parse(b.AfterContext)).toEqual({ Properties: { Value: 2, Other: '{{changeSet:KNOWN_AFTER_APPLY}}' } });
  });

  test('tells removals', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template('a'));
    const changes = await changesOf(fixture, things({ A: { Properties: { Name: 'a' } } }));
    expect(changes.map(({ Action, LogicalResourceId, PolicyAction }) => [Action, LogicalResourceId, PolicyAction])).toEqual([['Remove', 'B', 'Delete'], ['Remove', 'C', 'Delete']]);
  });

  test('blames a parameter whose value changed', async () => {
    const fixture = new Fixture();
    const of = (Default: string): object => things({ A: { Properties: { Value: { 'Fn::Sub': '<${P}>' } } } }, { Parameters: { P: { Type: 'String', Default } } });
    await fixture.deploy(of('x') as any);
    expect((await changesOf(fixture, of('y')))[0].Details[0]).toMatchObject({ ChangeSource: 'ParameterReference', CausingEntity: 'P', Evaluation: 'Static' });
  });

  test('that is not there is not found; one without changes cannot be executed', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template('a'));
    await expect(fixture.call('DescribeChangeSet', { StackName: 'stack', ChangeSetName: 'none' })).rejects.toMatchObject({ code: 'ChangeSetNotFound' });
    await fixture.call('CreateChangeSet', { StackName: 'stack', ChangeSetName: 'c', TemplateBody: JSON.stringify(template('a')) });
    await expect(fixture.call('ExecuteChangeSet', { StackName: 'stack', ChangeSetName: 'c' })).rejects.toMatchObject({ code: 'InvalidChangeSetStatus' });
  });

  test('is obsolete once the stack was updated otherwise', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template('a'));
    await fixture.call('CreateChangeSet', { StackName: 'stack', ChangeSetName: 'c', TemplateBody: JSON.stringify(template('b')) });
    await fixture.call('UpdateStack', { StackName: 'stack', TemplateBody: JSON.stringify(template('c')) });
    await fixture.finish('stack');
    await expect(fixture.call('ExecuteChangeSet', { StackName: 'stack', ChangeSetName: 'c' })).rejects.toThrow(/execution status of \[OBSOLETE\]/);
  });

  test('is younger than every event before it, so that clients show only its own', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template('a'));
    await fixture.call('CreateChangeSet', { StackName: 'stack', ChangeSetName: 'c', TemplateBody: JSON.stringify(template('b')) });
    const { CreationTime } = await fixture.call('DescribeChangeSet', { StackName: 'stack', ChangeSetName: 'c' });
    expect(CreationTime.getTime()).toBeGreaterThan(fixture.events().at(-1)!.Timestamp.getTime());
  });

  test('a resource cannot change its type', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template('a'));
    await expect(changesOf(fixture, { Resources: { A: { Type: 'AWS::CDK::Metadata' } } })).rejects.toThrow(/^Update of resource type is not permitted\..*\[A\]$/);
  });
});

test('events come newest first, in pages', async () => {
  const fixture = new Fixture();
  await fixture.deploy(things(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`R${index}`, {}]))));
  const first = await fixture.call('DescribeStackEvents', { StackName: 'stack' });
  const second = await fixture.call('DescribeStackEvents', { StackName: 'stack', NextToken: first.NextToken });
  const all = [...first.StackEvents, ...second.StackEvents];
  expect(all).toHaveLength(fixture.events().length);
  expect(all[0].ResourceStatus).toBe('CREATE_COMPLETE');
  expect(all[0].ResourceType).toBe('AWS::CloudFormation::Stack');
  const times = all.map(({ Timestamp }) => Timestamp.getTime());
  expect(times.every((time, index) => index === 0 || time < times[index - 1])).toBe(true);
});

test('resources, stacks and templates can be looked up', async () => {
  const fixture = new Fixture();
  await fixture.deploy(template('a'));
  const PhysicalResourceId = fixture.physicalId('A');
  expect((await fixture.call('ListStackResources', { StackName: 'stack' })).StackResourceSummaries).toHaveLength(3);
  expect((await fixture.call('DescribeStackResources', { PhysicalResourceId })).StackResources).toMatchObject([{ LogicalResourceId: 'A', StackName: 'stack' }]);
  expect((await fixture.call('DescribeStackResource', { StackName: 'stack', LogicalResourceId: 'A' })).StackResourceDetail).toMatchObject({ PhysicalResourceId });
  expect(JSON.parse((await fixture.call('GetTemplate', { StackName: 'stack', TemplateStage: 'Original' })).TemplateBody)).toEqual(template('a'));
  expect((await fixture.call('ListStacks', { StackStatusFilter: ['CREATE_COMPLETE'] })).StackSummaries).toHaveLength(1);
  expect(await fixture.call('GetTemplateSummary', { TemplateBody: JSON.stringify({ ...template('a'), Parameters: { P: { Type: 'String', Default: 'x' } } }) }))
    .toMatchObject({ ResourceTypes: ['Test::Thing'], Parameters: [{ ParameterKey: 'P', DefaultValue: 'x', ParameterType: 'String', NoEcho: false }] });
});

test('templates are read from buckets, however the bucket is addressed', async () => {
  const fixture = new Fixture();
  fixture.objects.objects.set('bucket/a/b.json', Buffer.from(JSON.stringify(template('a'))));
  const { StackId } = await fixture.call('CreateStack', { StackName: 'stack', TemplateURL: 'http://localhost:4566/bucket/a/b.json' });
  expect(await fixture.finish(StackId)).toBe('CREATE_COMPLETE');
  await expect(fixture.call('ValidateTemplate', { TemplateURL: 'http://localhost:4566/bucket/none' })).rejects.toThrow(/S3 error: The specified key does not exist/);
});

test.each([
  ['https://s3.eu-central-1.amazonaws.com/bucket/a/b.json'],
  ['https://bucket.s3.eu-central-1.amazonaws.com/a/b.json'],
  ['https://bucket.s3.amazonaws.com/a/b.json'],
  ['http://localhost:1234/bucket/a/b.json'],
  ['http://127.0.0.1:1234/bucket/a/b.json'],
  ['http://bucket.localhost:1234/a/b.json'],
  ['https://s3.amazonaws.com/bucket/a%2Fb.json'],
])('%s names a bucket and a key', (url) => {
  expect(bucketAndKey(url)).toEqual({ bucket: 'bucket', key: 'a/b.json' });
});
