import { EventsService } from '../../../../golden-images/src/world/events';
import { World } from '../../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../../golden-images/src/world/lambda/lambda';
import { SqsService } from '../../../../golden-images/src/world/sqs';
import { createFunction } from '../lambda/functions';

describe('rules', () => {
  let world: World;
  let events: EventsService;
  let queue: string;
  const call = (operation: string, input: Record<string, unknown>): Promise<any> => world.call(events, operation, input);
  const pass = (seconds: number): Promise<void> => world.timeline.runUntil(world.now + seconds * 1000);
  const received = (): any[] => {
    const found = world.get(SqsService).byArn(queue);
    const texts = found.receive(100).map((message) => {
      found.delete(message.receiptHandle!);
      return message.body;
    });
    return texts.map((text) => (text.startsWith('{') || text.startsWith('"') ? JSON.parse(text) : text));
  };
  const emit = (n = 1): void => world.emit({ source: 'aws.test', detailType: 'Changed', detail: { n, name: 'a "b"' }, resources: ['r'] });
  const put = async (target: Record<string, unknown> = {}, rule: Record<string, unknown> = { EventPattern: '{"source":["aws.test"]}' }): Promise<void> => {
    await call('PutRule', { Name: 'r', ...rule });
    await call('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: queue, ...target }] });
  };
  beforeEach(() => {
    world = new World();
    events = world.get(EventsService);
    queue = world.get(SqsService).createQueue('q', {}, {}).arn;
  });

  test('deliver matching events after a second, as EventBridge writes them', async () => {
    await put();
    emit();
    world.emit({ source: 'aws.other', detailType: 'Changed', detail: {} });
    await pass(0.9);
    expect(received()).toEqual([]);
    await pass(0.1);
    expect(received()).toEqual([{
      'version': '0',
      'id': expect.any(String),
      'detail-type': 'Changed',
      'source': 'aws.test',
      'account': '123456789012',
      'time': '2026-01-05T00:00:00Z',
      'region': 'eu-central-1',
      'resources': ['r'],
      'detail': { n: 1, name: 'a "b"' },
    }]);
  });

  test('lose, double and delay events when the world says so, one fault an event that matches', async () => {
    await put();
    world.faults.events.push('lose', 'double', { delaySeconds: 60 });
    world.emit({ source: 'aws.other', detailType: 'Changed', detail: {} });
    [1, 2, 3, 4].forEach(emit);
    await pass(1);
    expect(received().map((event) => event.detail.n)).toEqual([2, 2, 4]);
    await pass(60);
    expect(received().map((event) => event.detail.n)).toEqual([3]);
  });

  test.each<[Record<string, unknown>, unknown]>([
    [{ Input: '{"kind":"sweep"}' }, { kind: 'sweep' }],
    [{ InputPath: '$.detail' }, { n: 1, name: 'a "b"' }],
    [{ InputPath: '$.resources[0]' }, 'r'],
    [{ InputTransformer: { InputPathsMap: { n: '$.detail.n', name: '$.detail.name' }, InputTemplate: '{"n":<n>,"name":<name>,"text":"<name>!"}' } }, { n: 1, name: 'a "b"', text: 'a "b"!' }],
    [{ InputTransformer: { InputPathsMap: { gone: '$.detail.gone' }, InputTemplate: '{"gone":<gone>,"rule":"<aws.events.rule-name>"}' } }, { gone: '', rule: 'r' }],
    [{ InputTransformer: { InputTemplate: '"plain <aws.events.rule-name>"' } }, 'plain r'],
  ])('give a target %j', async (target, expected) => {
    await put(target);
    emit();
    await pass(1);
    expect(received()).toEqual([expected]);
  });

  test('on a schedule fire without waiting work, until they are disabled', async () => {
    await put({}, { ScheduleExpression: 'rate(5 minutes)' });
    expect(world.timeline.pending).toBe(false);
    await pass(900);
    expect(received()).toMatchObject([
      { 'detail-type': 'Scheduled Event', 'source': 'aws.events', 'time': '2026-01-05T00:05:00Z', 'resources': ['arn:aws:events:eu-central-1:123456789012:rule/r'], 'detail': {} },
      { time: '2026-01-05T00:10:00Z' }, { time: '2026-01-05T00:15:00Z' },
    ]);
    await call('DisableRule', { Name: 'r' });
    await pass(900);
    await call('EnableRule', { Name: 'r' });
    await pass(300);
    expect(received()).toMatchObject([{ time: '2026-01-05T00:35:00Z' }]);
  });

  test('invoke functions, again when they fail', async () => {
    const lambda = world.get(LambdaService);
    const Arn = createFunction(world, 'f', 'let n = 0; export const handler = async (event) => { console.log(event.source); if (n++ === 0) throw new Error("no"); };');
    await put({ Arn });
    emit();
    await pass(100);
    expect(lambda.logs('f').filter((line) => line.level === 'INFO').map((line) => line.text)).toEqual(['aws.test', 'aws.test']);
    await lambda.close();
  });

  test('give what cannot be delivered to the dead-letter queue', async () => {
    await put({ Arn: world.arn('sqs', 'gone'), DeadLetterConfig: { Arn: queue } });
    emit();
    await pass(1);
    expect(received()).toMatchObject([{ source: 'aws.test' }]);
  });

  test('of another bus see only its events', async () => {
    await call('CreateEventBus', { Name: 'own' });
    await call('PutRule', { Name: 'r', EventBusName: 'own', EventPattern: '{"source":["me"]}' });
    await call('PutTargets', { Rule: 'r', EventBusName: 'own', Targets: [{ Id: 't', Arn: queue }] });
    const entry = { Source: 'me', DetailType: 'Done', Detail: '{"a":1}' };
    const output = await call('PutEvents', { Entries: [entry, { ...entry, EventBusName: 'own' }, { ...entry, Source: 'aws.x' }, { ...entry, Detail: 'x' }] });
    expect(output).toMatchObject({ FailedEntryCount: 2, Entries: [{}, {}, { ErrorCode: 'NotAuthorizedForSourceException' }, { ErrorCode: 'MalformedDetail' }] });
    await pass(1);
    expect(received()).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['PutRule', { Name: 'r', ScheduleExpression: 'cron(0 12 * * * *)' }, 'ValidationException'],
    ['PutRule', { Name: 'r' }, 'ValidationException'],
    ['PutRule', { Name: 'a b', EventPattern: '{"source":["a"]}' }, 'ValidationException'],
    ['PutRule', { Name: 'r', EventPattern: '{"source":"a"}' }, 'InvalidEventPatternException'],
    ['PutRule', { Name: 'r', EventBusName: 'gone', EventPattern: '{"source":["a"]}' }, 'ResourceNotFoundException'],
    ['DescribeRule', { Name: 'gone' }, 'ResourceNotFoundException'],
    ['PutTargets', { Rule: 'known', Targets: [{ Id: 't', Arn: 'arn:aws:codebuild:eu-central-1:1:project/p' }] }, 'NotModelled'],
    ['PutTargets', { Rule: 'known', Targets: [{ Id: 't', Arn: 'arn:aws:sqs:eu-central-1:1:q', Input: '{' }] }, 'ValidationException'],
    ['PutTargets', { Rule: 'known', Targets: [{ Id: 't', Arn: 'arn:aws:sqs:eu-central-1:1:q', Input: '{}', InputPath: '$' }] }, 'ValidationException'],
    ['DeleteRule', { Name: 'known' }, 'ValidationException'],
    ['CreateArchive', {}, 'NotModelled'],
  ])('refuse %s %j with %s', async (operation, input, code) => {
    await call('PutRule', { Name: 'known', EventPattern: '{"source":["a"]}' });
    await call('PutTargets', { Rule: 'known', Targets: [{ Id: 't', Arn: queue }] });
    await expect(call(operation, input)).rejects.toMatchObject({ code });
  });

  test('are made, changed and removed by CloudFormation', async () => {
    const type = events.resourceTypes['AWS::Events::Rule']!;
    const context = { stackName: 's', stackId: 'id', logicalId: 'R', tags: [], generateName: () => 's-R-1' };
    const target = { Id: 'a', Arn: queue };
    const before = { EventPattern: { source: ['aws.test'] }, Targets: [target, { ...target, Id: 'b' }] };
    const id = await type.create(context, before);
    expect(type.attribute(id, 'Arn', before)).toBe('arn:aws:events:eu-central-1:123456789012:rule/s-R-1');
    await type.update!(context, id, { ...before, Targets: [target] }, before);
    emit();
    await pass(1);
    expect(received()).toHaveLength(1);
    await type.delete(context, id, before);
    emit();
    await pass(1);
    expect(received()).toHaveLength(0);
  });
});
