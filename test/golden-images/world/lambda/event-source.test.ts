import { createFunction } from './functions';
import { World } from '../../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../../golden-images/src/world/lambda/lambda';
import { SqsService } from '../../../../golden-images/src/world/sqs';

describe('a queue as event source', () => {
  let world: World;
  let lambda: LambdaService;
  let sqs: SqsService;
  let queue: string;
  let dead: string;
  const pass = (seconds: number): Promise<void> => world.timeline.runUntil(world.now + seconds * 1000);
  const count = (arn: string): number[] => (['visible', 'in-flight', 'delayed'] as const).map((state) => sqs.byArn(arn).count(state));
  const batches = (): string[][] => lambda.logs('f').filter((line) => line.text.startsWith('[')).map((line) => JSON.parse(line.text));

  beforeEach(() => {
    world = new World();
    lambda = world.get(LambdaService);
    sqs = world.get(SqsService);
    dead = sqs.createQueue('dead', {}, {}).arn;
    queue = sqs.createQueue('q', { VisibilityTimeout: '60', RedrivePolicy: { deadLetterTargetArn: dead, maxReceiveCount: 3 } }, {}).arn;
  });
  afterEach(() => lambda.close());

  const connect = (body: string, mapping: Record<string, unknown> = {}): void => {
    createFunction(world, 'f', `export const handler = async ({ Records }) => { const bodies = Records.map((r) => r.body); console.log(JSON.stringify(bodies)); ${body} };`);
    lambda.createMapping({ EventSourceArn: queue, FunctionName: 'f', ...mapping });
  };

  test('what the function handled is deleted', async () => {
    connect('');
    for (let i = 0; i < 12; i += 1) sqs.send(queue, `m${i}`);
    await pass(1);
    expect(batches().map((batch) => batch.length)).toEqual([10, 2]);
    expect(count(queue)).toEqual([0, 0, 0]);
  });

  test('a batch that fails comes back after the visibility timeout, and ends in the dead-letter queue', async () => {
    connect('throw new Error("no");');
    sqs.send(queue, 'poison');
    await pass(1);
    expect(count(queue)).toEqual([0, 1, 0]);
    await pass(59);
    expect(batches()).toHaveLength(2);
    await pass(180);
    expect(batches()).toHaveLength(3);
    expect([count(queue), count(dead)]).toEqual([[0, 0, 0], [1, 0, 0]]);
  });

  test('with partial failures only what failed comes back', async () => {
    connect('return { batchItemFailures: Records.filter((r) => r.body === "bad").map((r) => ({ itemIdentifier: r.messageId })) };', { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    for (const body of ['good', 'bad', 'fine']) sqs.send(queue, body);
    await pass(61);
    expect(batches()).toEqual([['good', 'bad', 'fine'], ['bad']]);
    await pass(200);
    expect(count(dead)).toEqual([1, 0, 0]);
  });

  test('an unknown identifier among the failures fails the whole batch', async () => {
    connect('return { batchItemFailures: [{ itemIdentifier: "other" }] };', { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    sqs.send(queue, 'm');
    await pass(1);
    expect(count(queue)).toEqual([0, 1, 0]);
  });

  test('without the response type an answer means nothing', async () => {
    connect('return { batchItemFailures: Records.map((r) => ({ itemIdentifier: r.messageId })) };');
    sqs.send(queue, 'm');
    await pass(1);
    expect(count(queue)).toEqual([0, 0, 0]);
  });

  test('a batching window collects', async () => {
    connect('', { MaximumBatchingWindowInSeconds: 20, BatchSize: 3 });
    sqs.send(queue, 'a');
    await pass(10);
    sqs.send(queue, 'b');
    await pass(9);
    expect(batches()).toEqual([]);
    await pass(2);
    expect(batches()).toEqual([['a', 'b']]);
    for (const body of ['c', 'd', 'e']) sqs.send(queue, body);
    await pass(1);
    expect(batches()).toEqual([['a', 'b'], ['c', 'd', 'e']]);
  });

  test('a function that was killed gets its messages again', async () => {
    connect('if (Records[0].attributes.ApproximateReceiveCount === "1") await new Promise(() => undefined);');
    sqs.send(queue, 'm');
    const killer = setInterval(() => void (batches().length === 1 && lambda.killRunning()), 5);
    await pass(1);
    clearInterval(killer);
    expect(count(queue)).toEqual([0, 1, 0]);
    await pass(60);
    expect(batches()).toEqual([['m'], ['m']]);
    expect(count(queue)).toEqual([0, 0, 0]);
  });

  test('delayed messages and disabled mappings wait', async () => {
    connect('', { Enabled: false });
    const [mapping] = [...lambda.mappings.values()];
    sqs.send(queue, 'later', { delaySeconds: 300 });
    await pass(301);
    expect(batches()).toEqual([]);
    lambda.updateMapping(mapping!.id, { Enabled: true });
    await pass(1);
    expect(batches()).toEqual([['later']]);
  });

  test('may lose its queue or its function at any moment', async () => {
    connect('');
    sqs.send(queue, 'm');
    await lambda.delete('f');
    await pass(1);
    expect(count(queue)).toEqual([0, 1, 0]);
    sqs.deleteQueue(queue);
    await pass(600);
    expect(world.timeline.pending).toBe(false);
  });

  test('is refused where AWS refuses it', () => {
    createFunction(world, 'f', '', { Timeout: 61 });
    expect(() => lambda.createMapping({ EventSourceArn: queue, FunctionName: 'f' })).toThrow(/less than Function timeout/);
    createFunction(world, 'g', '');
    expect(() => lambda.createMapping({ EventSourceArn: queue, FunctionName: 'g', BatchSize: 11 })).toThrow(/batch window/);
    expect(() => lambda.createMapping({ EventSourceArn: queue, FunctionName: 'g', FilterCriteria: {} })).toThrow(/FilterCriteria/);
    lambda.createMapping({ EventSourceArn: queue, FunctionName: 'g' });
    expect(() => lambda.createMapping({ EventSourceArn: queue, FunctionName: 'g' })).toThrow(/already exists/);
  });

  test('an asynchronous event is tried three times, then given to the dead-letter queue', async () => {
    createFunction(world, 'f', 'export const handler = async () => { console.log("[]"); throw new Error("no"); };', { DeadLetterConfig: { TargetArn: dead } });
    lambda.invokeAsync('f', '{"n":1}');
    await pass(59);
    expect(batches()).toHaveLength(1);
    await pass(1);
    expect(batches()).toHaveLength(2);
    await pass(120);
    expect(batches()).toHaveLength(3);
    await pass(3600);
    expect(batches()).toHaveLength(3);
    expect(sqs.byArn(dead).receive(1)[0]!.body).toBe('{"n":1}');
  });
});
