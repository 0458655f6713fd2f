import { Fixture, things } from './fixture';

const chain = (value: unknown): ReturnType<typeof things> => things({
  A: { Properties: { Value: value } },
  B: { Properties: { Value: { 'Fn::GetAtt': ['A', 'Value'] } } },
  C: { Properties: { Value: 'constant' } },
});

describe('creating a stack', () => {
  test('makes resources after what they stand on, and writes the events of it', async () => {
    const fixture = new Fixture();
    const status = await fixture.deploy(things({
      C: { Properties: { Value: { 'Fn::GetAtt': ['B', 'Value'] } } },
      B: { Properties: { Value: { Ref: 'A' } } },
      A: { Properties: { Value: 1 } },
      D: { DependsOn: ['C'] },
    }));
    expect(status).toBe('CREATE_COMPLETE');
    expect(fixture.verbs()).toEqual(['create A', 'create B', 'create C', 'create D']);
    expect(fixture.things.state.get(fixture.physicalId('C'))).toEqual({ Value: fixture.physicalId('A') });
    expect(fixture.story().slice(0, 5)).toEqual([
      'stack REVIEW_IN_PROGRESS', 'stack CREATE_IN_PROGRESS', 'A CREATE_IN_PROGRESS', 'A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE',
    ]);
    expect(fixture.story().at(-1)).toBe('stack CREATE_COMPLETE');
  });

  test('that fails takes back what was made, in reverse, and must be deleted before it is created again', async () => {
    const fixture = new Fixture();
    fixture.things.failures = ['create B'];
    expect(await fixture.deploy(chain(1))).toBe('ROLLBACK_COMPLETE');
    expect(fixture.verbs()).toEqual(['create A', 'create B', 'delete A']);
    const failed = fixture.events().find((event) => event.ResourceStatus === 'CREATE_FAILED')!;
    expect(failed.LogicalResourceId).toBe('B');
    expect(failed.ResourceStatusReason).toMatch(/^Resource handler returned message: "create of B is out of order" \(RequestToken: .*, HandlerErrorCode: InvalidRequest\)$/);
    const rollback = fixture.events().find((event) => event.ResourceStatus === 'ROLLBACK_IN_PROGRESS')!;
    expect(rollback.ResourceStatusReason).toBe('The following resource(s) failed to create: [B]. Rollback requested by user.');
    expect(rollback.OperationId).not.toBe(failed.OperationId);
    await expect(fixture.deploy(chain(1))).rejects.toThrow(/is in ROLLBACK_COMPLETE state and can not be updated/);
    expect(await fixture.destroy()).toBe('DELETE_COMPLETE');
    expect(await fixture.deploy(chain(1))).toBe('CREATE_COMPLETE');
  });

  test('that fails leaves everything as it is when it is told to, and can be rolled back afterwards', async () => {
    const fixture = new Fixture();
    fixture.things.failures = ['create B'];
    expect(await fixture.deploy(chain(1), {}, { DisableRollback: true })).toBe('CREATE_FAILED');
    expect(fixture.things.state.size).toBe(1);
    await fixture.call('RollbackStack', { StackName: 'stack', RetainExceptOnCreate: true });
    expect(await fixture.finish('stack')).toBe('ROLLBACK_COMPLETE');
    expect(fixture.things.state.size).toBe(0);
  });

  test('that failed without rolling back continues with the next deploy', async () => {
    const fixture = new Fixture();
    fixture.things.failures = ['create B'];
    await fixture.deploy(chain(1), {}, { DisableRollback: true });
    fixture.forgetCalls();
    expect(await fixture.deploy(chain(1), {}, { DisableRollback: true })).toBe('UPDATE_COMPLETE');
    expect(fixture.verbs()).toEqual(['create B', 'create C']);
  });

  test('with OnFailure DELETE goes away when it fails', async () => {
    const fixture = new Fixture();
    fixture.things.failures = ['create B'];
    const { StackId } = await fixture.call('CreateStack', { StackName: 'stack', TemplateBody: JSON.stringify(chain(1)), OnFailure: 'DELETE' });
    expect(await fixture.finish(StackId)).toBe('DELETE_COMPLETE');
    expect(fixture.things.state.size).toBe(0);
  });
});

describe('updating a stack', () => {
  test('touches only what changes, and sends all properties of it, the unchanged ones too', async () => {
    const fixture = new Fixture();
    const template = (value: number): ReturnType<typeof things> => things({ A: { Properties: { Value: value, Other: 'same' } }, B: { Properties: { Value: 'b' } } });
    await fixture.deploy(template(1));
    fixture.forgetCalls();
    expect(await fixture.deploy(template(2))).toBe('UPDATE_COMPLETE');
    expect(fixture.things.calls).toEqual([{ verb: 'update', id: 'A', properties: { Value: 2, Other: 'same' } }]);
    expect(fixture.story().slice(-5)).toEqual([
      'stack UPDATE_IN_PROGRESS', 'A UPDATE_IN_PROGRESS', 'A UPDATE_COMPLETE', 'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'stack UPDATE_COMPLETE',
    ]);
  });

  test('reaches through attributes, and leaves alone what they do not change', async () => {
    const fixture = new Fixture();
    const template = (other: string, value: number): ReturnType<typeof things> => things({
      A: { Properties: { Value: value, Other: other } }, B: { Properties: { Value: { 'Fn::GetAtt': ['A', 'Value'] } } },
    });
    await fixture.deploy(template('x', 1));
    fixture.forgetCalls();
    await fixture.deploy(template('y', 1));
    expect(fixture.verbs()).toEqual(['update A']);
    await fixture.deploy(template('y', 2));
    expect(fixture.verbs()).toEqual(['update A', 'update A', 'update B']);
  });

  test('reads attributes from the real state at the time of the update', async () => {
    const fixture = new Fixture();
    const template = (other: string): ReturnType<typeof things> => things({
      A: { Properties: { Value: 1 } }, B: { Properties: { Other: other, Value: { 'Fn::GetAtt': ['A', 'Version'] } } },
    });
    fixture.things.resourceTypes['Test::Thing']!.attribute = (id) => fixture.things.attributes.get(id)?.Version ?? '1';
    await fixture.deploy(things({ A: { Properties: { Value: 1 } } }));
    fixture.things.attributes.set(fixture.physicalId('A'), { Version: '1' });
    await fixture.deploy(template('x'));
    fixture.things.attributes.set(fixture.physicalId('A'), { Version: '7' });
    expect(await fixture.deploy(template('x'))).toMatch(/^The submitted information didn't contain changes\./);
    await fixture.deploy(template('y'));
    expect(fixture.things.state.get(fixture.physicalId('B'))).toEqual({ Other: 'y', Value: '7' });
  });

  test('replaces: makes the new one, updates what stands on it, deletes the old one in the end', async () => {
    const fixture = new Fixture();
    const template = (name: string): ReturnType<typeof things> => things({ A: { Properties: { Name: name } }, B: { Properties: { Value: { Ref: 'A' } } } });
    await fixture.deploy(template('one'));
    const old = fixture.physicalId('A');
    fixture.forgetCalls();
    expect(await fixture.deploy(template('two'))).toBe('UPDATE_COMPLETE');
    expect(fixture.verbs()).toEqual(['create A', 'update B', 'delete A']);
    expect(fixture.things.state.has(old)).toBe(false);
    expect(fixture.things.state.get(fixture.physicalId('B'))).toEqual({ Value: fixture.physicalId('A') });
    const cleanup = fixture.story().lastIndexOf('stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    expect(fixture.story().slice(cleanup)).toEqual([
      'stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE', 'stack UPDATE_COMPLETE',
    ]);
  });

  test('keeps a replaced resource whose policy says so', async () => {
    const fixture = new Fixture();
    const template = (name: string): ReturnType<typeof things> => things({ A: { Properties: { Name: name }, UpdateReplacePolicy: 'Retain' } });
    await fixture.deploy(template('one'));
    await fixture.deploy(template('two'));
    expect(fixture.things.state.size).toBe(2);
    expect(fixture.story()).toContain('A DELETE_SKIPPED');
  });

  test('deletes what is no longer in the template; a deletion that fails is left behind', async () => {
    const fixture = new Fixture();
    await fixture.deploy(chain(1));
    fixture.forgetCalls();
    fixture.things.failures = ['delete B'];
    expect(await fixture.deploy(things({ C: { Properties: { Value: 'constant' } } }))).toBe('UPDATE_COMPLETE');
    expect(fixture.verbs()).toEqual(['delete B', 'delete A']);
    expect(fixture.story()).toContain('B DELETE_FAILED');
    expect(fixture.things.state.size).toBe(2);
  });

  test('that fails sends the previous properties to what was updated and deletes what is new', async () => {
    const fixture = new Fixture();
    await fixture.deploy(chain(1));
    fixture.forgetCalls();
    fixture.things.failures = ['update B'];
    const next = chain(2);
    (next.Resources as Record<string, unknown>).N = { Type: 'Test::Thing' };
    (next.Resources as Record<string, any>).B.DependsOn = 'N';
    expect(await fixture.deploy(next)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(fixture.things.calls.map(({ verb, id, properties }) => [verb, id, properties.Value])).toEqual([
      ['update', 'A', 2], ['create', 'N', undefined], ['update', 'B', 2], ['update', 'A', 1], ['update', 'B', 1], ['delete', 'N', undefined],
    ]);
    expect(fixture.cloudFormation.stackState('stack')!.reason).toBeUndefined();
    const reason = fixture.events().find((event) => event.ResourceStatus === 'UPDATE_ROLLBACK_IN_PROGRESS')!.ResourceStatusReason;
    expect(reason).toBe('The following resource(s) failed to update: [B].');
    expect(await fixture.deploy(chain(1))).toMatch(/didn't contain changes/);
  });

  test('a replacement is taken back without a call to the old resource', async () => {
    const fixture = new Fixture();
    const template = (name: string, value: number): ReturnType<typeof things> => things({
      A: { Properties: { Name: name } }, B: { Properties: { Value: value, Other: { Ref: 'A' } } },
    });
    await fixture.deploy(template('one', 1));
    const old = fixture.physicalId('A');
    fixture.forgetCalls();
    fixture.things.failures = ['update B'];
    expect(await fixture.deploy(template('two', 2))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(fixture.verbs()).toEqual(['create A', 'update B', 'update B', 'delete A']);
    expect(fixture.physicalId('A')).toBe(old);
    expect(fixture.things.state.get(fixture.physicalId('B'))).toEqual({ Value: 1, Other: old });
    expect(fixture.things.state.size).toBe(2);
  });

  test('a rollback that fails stops, and can be continued, or continued without what fails', async () => {
    const fixture = new Fixture();
    await fixture.deploy(chain(1));
    fixture.things.failures = ['update B', 'update B', 'update B'];
    expect(await fixture.deploy(chain(2))).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(fixture.deploy(chain(3))).rejects.toThrow(/UPDATE_ROLLBACK_FAILED state/);
    await fixture.call('ContinueUpdateRollback', { StackName: 'stack' });
    expect(await fixture.finish('stack')).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(fixture.call('ContinueUpdateRollback', { StackName: 'stack', ResourcesToSkip: ['C'] })).rejects.toThrow(/\[C\]/);
    await fixture.call('ContinueUpdateRollback', { StackName: 'stack', ResourcesToSkip: ['B'] });
    expect(await fixture.finish('stack')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(fixture.events().some((event) => event.ResourceStatusReason === 'Resource skipped during UpdateRollback')).toBe(true);
  });

  test('without rollback stops where it failed, and RollbackStack takes it back', async () => {
    const fixture = new Fixture();
    await fixture.deploy(chain(1));
    fixture.things.failures = ['update B'];
    expect(await fixture.deploy(chain(2), {}, { DisableRollback: true })).toBe('UPDATE_FAILED');
    expect(fixture.things.state.get(fixture.physicalId('A'))).toEqual({ Value: 2 });
    await fixture.call('RollbackStack', { StackName: 'stack' });
    expect(await fixture.finish('stack')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(fixture.things.state.get(fixture.physicalId('A'))).toEqual({ Value: 1 });
  });

  test('with nothing to do is refused in the words that clients look for', async () => {
    const fixture = new Fixture();
    await fixture.deploy(chain(1));
    expect(await fixture.deploy(chain(1))).toBe('The submitted information didn\'t contain changes. Submit different information to create a change set.');
    await expect(fixture.call('UpdateStack', { StackName: 'stack', TemplateBody: JSON.stringify(chain(1)) })).rejects.toThrow('No updates are to be performed.');
  });

  test('changed outputs alone are a change', async () => {
    const fixture = new Fixture();
    await fixture.deploy(chain(1));
    fixture.forgetCalls();
    expect(await fixture.deploy({ ...chain(1), Outputs: { X: { Value: { Ref: 'A' } } } })).toBe('UPDATE_COMPLETE');
    expect(fixture.verbs()).toEqual([]);
    const { Stacks } = await fixture.call('DescribeStacks', { StackName: 'stack' });
    expect(Stacks[0].Outputs).toEqual([{ OutputKey: 'X', OutputValue: fixture.physicalId('A') }]);
  });

  test('tags of the stack reach the resources that have tags', async () => {
    const fixture = new Fixture();
    await fixture.deploy(chain(1), { Tags: [{ Key: 'a', Value: '1' }] });
    fixture.forgetCalls();
    expect(await fixture.deploy(chain(1), { Tags: [{ Key: 'a', Value: '2' }] })).toBe('UPDATE_COMPLETE');
    expect(fixture.verbs()).toEqual(['update A', 'update B', 'update C']);
  });

  test('a second operation is refused while one is in progress', async () => {
    const fixture = new Fixture();
    await fixture.deploy(chain(1));
    await fixture.call('UpdateStack', { StackName: 'stack', TemplateBody: JSON.stringify(chain(2)) });
    expect(fixture.cloudFormation.active()).toBe(true);
    await expect(fixture.deploy(chain(3))).rejects.toThrow(/is in UPDATE_IN_PROGRESS state and can not be updated/);
    expect(await fixture.finish('stack')).toBe('UPDATE_COMPLETE');
    expect(fixture.cloudFormation.active()).toBe(false);
  });

  test('a stack tells EventBridge of each status', async () => {
    const fixture = new Fixture();
    const statuses: unknown[] = [];
    fixture.world.onEvent(({ source, detailType, detail }) => statuses.push([source, detailType, (detail['status-details'] as any).status]));
    await fixture.deploy(chain(1));
    expect(statuses).toEqual(['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE']
      .map((status) => ['aws.cloudformation', 'CloudFormation Stack Status Change', status]));
  });
});
