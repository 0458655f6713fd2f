import { Fixture, type Handler, type TemplateObject } from './fixture';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:custom';

const template = (properties: Record<string, unknown>, rest: TemplateObject = {}): TemplateObject => ({
  Resources: {
    Custom: { Type: 'Custom::Thing', Properties: { ServiceToken: ARN, ...properties } },
    User: { Type: 'Test::Thing', Properties: { Value: { 'Fn::GetAtt': ['Custom', 'Answer'] }, Other: { Ref: 'Custom' } } },
  },
  ...rest,
});

/** A fixture whose function answers each event with what `answer` gives; undefined: it says nothing. */
function answering(answer: Handler): Fixture {
  const fixture = new Fixture();
  fixture.world.endpoint = 'http://127.0.0.1:4566';
  fixture.functions.handlers.set(ARN, (event) => {
    const given = answer(event) as Record<string, unknown> | undefined;
    if (given === undefined) return;
    const token = String(event.ResponseURL).replace('http://127.0.0.1:4566/_cloudformation/responses/', '');
    const { StackId, RequestId, LogicalResourceId } = event;
    fixture.cloudFormation.respond(token, JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, ...given }));
  });
  return fixture;
}

const echo: Handler = (event) => ({ PhysicalResourceId: event.PhysicalResourceId ?? 'custom-1', Data: { Answer: event.ResourceProperties.Number } });

test('a function is asked to create, and its answer is what attributes and references give', async () => {
  const fixture = answering(echo);
  expect(await fixture.deploy(template({ Number: 4, Flag: true, Nested: { List: [1, false] } }))).toBe('CREATE_COMPLETE');
  const [event] = fixture.functions.events;
  expect(event).toMatchObject({
    RequestType: 'Create',
    LogicalResourceId: 'Custom',
    ResourceType: 'Custom::Thing',
    StackId: fixture.cloudFormation.stackState('stack')!.id,
    ResourceProperties: { ServiceToken: ARN, Number: '4', Flag: 'true', Nested: { List: ['1', 'false'] } },
  });
  expect(event).not.toHaveProperty('PhysicalResourceId');
  expect(fixture.things.state.get(fixture.physicalId('User'))).toEqual({ Value: '4', Other: 'custom-1' });
});

test('an update carries the old properties; the same physical id deletes nothing', async () => {
  const fixture = answering(echo);
  await fixture.deploy(template({ Number: 4 }));
  expect(await fixture.deploy(template({ Number: 5 }))).toBe('UPDATE_COMPLETE');
  expect(fixture.functions.events.map(({ RequestType }) => RequestType)).toEqual(['Create', 'Update']);
  expect(fixture.functions.events[1]).toMatchObject({
    PhysicalResourceId: 'custom-1', ResourceProperties: { Number: '5' }, OldResourceProperties: { ServiceToken: ARN, Number: '4' },
  });
  expect(fixture.things.state.get(fixture.physicalId('User'))).toMatchObject({ Value: '5' });
});

test('a new physical id deletes the old one in the clean-up, with the old properties', async () => {
  const fixture = answering((event) => ({ PhysicalResourceId: `custom-${event.ResourceProperties.Number}`, Data: { Answer: 1 } }));
  await fixture.deploy(template({ Number: 4 }));
  await fixture.deploy(template({ Number: 5 }));
  expect(fixture.functions.events.map((event) => [event.RequestType, event.PhysicalResourceId, event.ResourceProperties.Number])).toEqual([
    ['Create', undefined, '4'], ['Update', 'custom-4', '5'], ['Delete', 'custom-4', '4'],
  ]);
  expect(fixture.things.state.get(fixture.physicalId('User'))).toMatchObject({ Other: 'custom-5' });
});

test('a failed update shows its reason, and the old properties are sent again', async () => {
  const fixture = answering((event) => (event.RequestType === 'Update' && event.ResourceProperties.Number === '5'
    ? { Status: 'FAILED', Reason: 'a rollout is active', PhysicalResourceId: 'custom-1' } : echo(event)));
  await fixture.deploy(template({ Number: 4 }));
  expect(await fixture.deploy(template({ Number: 5 }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  const failed = fixture.events().find((event) => event.ResourceStatus === 'UPDATE_FAILED')!;
  expect(failed.ResourceStatusReason).toMatch(/^Received response status \[FAILED\] from custom resource\. Message returned: a rollout is active \(RequestId: /);
  expect(fixture.functions.events.at(-1)).toMatchObject({ RequestType: 'Update', ResourceProperties: { Number: '4' }, OldResourceProperties: { Number: '5' } });
});

test('a failed creation is followed by a deletion of what it made', async () => {
  const fixture = answering((event) => (event.RequestType === 'Create' ? { Status: 'FAILED', Reason: 'no', PhysicalResourceId: 'half-made' } : echo(event)));
  expect(await fixture.deploy(template({ Number: 4 }))).toBe('ROLLBACK_COMPLETE');
  expect(fixture.functions.events.map((event) => [event.RequestType, event.PhysicalResourceId])).toEqual([['Create', undefined], ['Delete', 'half-made']]);
});

test('a function that is silent fails the resource after its timeout', async () => {
  const fixture = answering((event) => (event.RequestType === 'Create' ? undefined : echo(event)));
  const start = fixture.world.now;
  expect(await fixture.deploy(template({ Number: 4, ServiceTimeout: 120 }))).toBe('ROLLBACK_COMPLETE');
  const failed = fixture.events().find((event) => event.ResourceStatus === 'CREATE_FAILED')!;
  expect(failed.ResourceStatusReason).toMatch(/^CloudFormation did not receive a response from your Custom Resource\./);
  expect(failed.Timestamp.getTime() - start).toBeGreaterThanOrEqual(120_000);
  expect(failed.Timestamp.getTime() - start).toBeLessThan(125_000);
});

test('without a timeout of its own it fails after an hour; a function that crashes is tried three times', async () => {
  const fixture = answering((event) => {
    if (event.RequestType === 'Delete') return echo(event);
    throw new Error('crash');
  });
  const start = fixture.world.now;
  expect(await fixture.deploy(template({ Number: 4 }))).toBe('ROLLBACK_COMPLETE');
  expect(fixture.world.now - start).toBeGreaterThanOrEqual(3_600_000);
  expect(fixture.functions.events.filter(({ RequestType }) => RequestType === 'Create')).toHaveLength(3);
});

test('an answer may come later than the function returns', async () => {
  const fixture = answering(() => undefined);
  fixture.functions.handlers.set(ARN, (event) => {
    const token = String(event.ResponseURL).split('/').at(-1)!;
    fixture.world.timeline.schedule(600_000, 'late answer', () => {
      fixture.cloudFormation.respond(token, JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'late', Data: { Answer: 1 } }));
    });
  });
  expect(await fixture.deploy(template({}))).toBe('CREATE_COMPLETE');
  expect(fixture.physicalId('Custom')).toBe('late');
});

test.each([
  ['an answer that is too long', () => ({ PhysicalResourceId: 'x', Data: { Answer: 'x'.repeat(4096) } }), 'Response object is too long.'],
  ['an answer without a physical id', () => ({ Data: { Answer: 1 } }), 'Invalid PhysicalResourceId'],
  ['an answer without the attribute', () => ({ PhysicalResourceId: 'x' }), 'CustomResource attribute error: Vendor response doesn\'t contain Answer attribute in object'],
])('%s fails the deployment', async (_what, answer, reason) => {
  const fixture = answering((event) => (event.RequestType === 'Create' ? answer() : { PhysicalResourceId: 'x' }));
  expect(await fixture.deploy(template({}))).toBe('ROLLBACK_COMPLETE');
  expect(fixture.events().map((event) => event.ResourceStatusReason)).toContainEqual(expect.stringContaining(reason));
});

test('a function that does not exist fails the resource at once', async () => {
  const fixture = new Fixture();
  const start = fixture.world.now;
  await fixture.deploy(template({}));
  expect(fixture.world.now - start).toBeLessThan(10_000);
  expect(fixture.events().map((event) => event.ResourceStatusReason)).toContainEqual(expect.stringContaining(`Function not found: ${ARN}`));
});

test('the service token cannot be changed', async () => {
  const fixture = answering(echo);
  await fixture.deploy(template({ Number: 4 }));
  expect(await fixture.deploy(template({ Number: 4, ServiceToken: `${ARN}2` }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(fixture.functions.events.map(({ RequestType }) => RequestType)).toEqual(['Create']);
  expect(fixture.events().map((event) => event.ResourceStatusReason)).toContain('Modifying service token is not allowed.');
});
