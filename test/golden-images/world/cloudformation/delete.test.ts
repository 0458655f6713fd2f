import { Fixture, things } from './fixture';

const template = things({
  A: { Properties: { Value: 1 } },
  B: { Properties: { Value: { Ref: 'A' } } },
  C: { Properties: { Value: 'alone' } },
});

describe('deleting a stack', () => {
  test('deletes each resource before what it stands on, and the stack is gone by name but not by id', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template);
    const { id } = fixture.cloudFormation.stackState('stack')!;
    fixture.forgetCalls();
    expect(await fixture.destroy()).toBe('DELETE_COMPLETE');
    expect(fixture.verbs().indexOf('delete B')).toBeLessThan(fixture.verbs().indexOf('delete A'));
    expect(fixture.things.state.size).toBe(0);
    await expect(fixture.call('DescribeStacks', { StackName: 'stack' })).rejects.toMatchObject({ code: 'ValidationError', message: 'Stack with id stack does not exist' });
    expect((await fixture.call('DescribeStacks', { StackName: id })).Stacks[0].StackStatus).toBe('DELETE_COMPLETE');
  });

  test('goes on where it can when something fails, and says what failed', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template);
    fixture.things.failures = ['delete B'];
    expect(await fixture.destroy()).toBe('DELETE_FAILED');
    expect(fixture.cloudFormation.stackState('stack')!.reason).toContain('failed to delete: [B]');
    expect([...fixture.cloudFormation.stackState('stack')!.resources.keys()]).toEqual(['A', 'B']);
    expect(await fixture.destroy('stack', { RetainResources: ['B'] })).toBe('DELETE_COMPLETE');
    expect(fixture.things.state.size).toBe(1);
  });

  test('retains what its policy retains', async () => {
    const fixture = new Fixture();
    await fixture.deploy(things({ A: { DeletionPolicy: 'Retain' }, B: { DeletionPolicy: 'RetainExceptOnCreate' }, C: {} }));
    await fixture.destroy();
    expect(fixture.things.state.size).toBe(2);
  });

  test('a failed creation deletes what is retained except on create', async () => {
    const fixture = new Fixture();
    fixture.things.failures = ['create C'];
    await fixture.deploy(things({ A: { DeletionPolicy: 'Retain' }, B: { DeletionPolicy: 'RetainExceptOnCreate' }, C: { DependsOn: ['A', 'B'] } }));
    expect(fixture.verbs()).toContain('delete B');
    expect(fixture.verbs()).not.toContain('delete A');
  });

  test('what is not there any more counts as deleted', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template);
    fixture.things.state.delete(fixture.physicalId('C'));
    expect(await fixture.destroy()).toBe('DELETE_COMPLETE');
  });

  test('is refused under termination protection', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template);
    await fixture.call('UpdateTerminationProtection', { StackName: 'stack', EnableTerminationProtection: true });
    await expect(fixture.destroy()).rejects.toThrow('Stack [stack] cannot be deleted while TerminationProtection is enabled');
    await fixture.call('UpdateTerminationProtection', { StackName: 'stack', EnableTerminationProtection: false });
    expect(await fixture.destroy()).toBe('DELETE_COMPLETE');
  });

  test('resources to retain may be named only after a deletion has failed', async () => {
    const fixture = new Fixture();
    await fixture.deploy(template);
    await expect(fixture.destroy('stack', { RetainResources: ['A'] })).rejects.toThrow(/only when the stack is in the DELETE_FAILED state/);
  });

  test('of a stack that is not there succeeds', async () => {
    await expect(new Fixture().call('DeleteStack', { StackName: 'nothing' })).resolves.toEqual({});
  });
});

describe('exports', () => {
  const producer = (value: unknown = 'v'): ReturnType<typeof things> => things(
    { A: { Properties: { Value: value } } }, { Outputs: { Out: { Value: { 'Fn::GetAtt': ['A', 'Value'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:x' } } } } },
  );
  const consumer = things({ B: { Properties: { Value: { 'Fn::ImportValue': 'producer:x' } } } });

  test('reach the importer, and can be neither deleted nor changed while they are used', async () => {
    const fixture = new Fixture();
    await fixture.deploy(producer(), { StackName: 'producer' });
    await fixture.deploy(consumer, { StackName: 'consumer' });
    expect(fixture.things.state.get(fixture.physicalId('B', 'consumer'))).toEqual({ Value: 'v' });
    expect((await fixture.call('ListExports')).Exports).toMatchObject([{ Name: 'producer:x', Value: 'v' }]);
    expect(await fixture.call('ListImports', { ExportName: 'producer:x' })).toEqual({ Imports: ['consumer'] });
    expect(await fixture.deploy(producer('w'), { StackName: 'producer' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await fixture.destroy('producer')).toBe('DELETE_FAILED');
    expect(fixture.cloudFormation.stackState('producer')!.reason).toBe('Export producer:x cannot be deleted as it is in use by consumer');
    expect(fixture.things.state.size).toBe(2);
    await fixture.destroy('consumer');
    expect(await fixture.destroy('producer')).toBe('DELETE_COMPLETE');
  });

  test('that do not exist are refused; so is a name that is taken', async () => {
    const fixture = new Fixture();
    await expect(fixture.deploy(consumer)).rejects.toThrow('No export named producer:x found.');
    const named = things({ A: {} }, { Outputs: { Out: { Value: 'x', Export: { Name: 'same' } } } });
    await fixture.deploy(named, { StackName: 'one' });
    expect(await fixture.deploy(named, { StackName: 'two' })).toBe('ROLLBACK_COMPLETE');
    expect(fixture.events('two').some((event) => event.ResourceStatusReason?.startsWith('Export with name same is already exported by stack one'))).toBe(true);
  });
});
