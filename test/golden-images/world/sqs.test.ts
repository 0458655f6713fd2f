import { AwsError, World } from '../../../golden-images/src/world/kernel';
import { SqsService } from '../../../golden-images/src/world/sqs';

describe('queues', () => {
  let world: World;
  let sqs: SqsService;
  const call = (operation: string, input: Record<string, unknown>): Promise<any> => world.call(sqs, operation, input);
  const pass = (seconds: number): Promise<void> => world.timeline.runUntil(world.now + seconds * 1000);
  beforeEach(() => {
    world = new World();
    sqs = world.get(SqsService);
  });
  const bodies = async (url: string, options: Record<string, unknown> = {}): Promise<string[]> =>
    ((await call('ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, ...options })).Messages ?? []).map((message: any) => message.Body);

  test('hide a received message until its visibility timeout, then give it again', async () => {
    const { QueueUrl } = await call('CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout: '60' } });
    expect(QueueUrl).toBe('https://sqs.eu-central-1.amazonaws.com/123456789012/q');
    const sent = await call('SendMessage', { QueueUrl, MessageBody: 'hello' });
    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    expect(await bodies('http://127.0.0.1:4566/123456789012/q')).toEqual(['hello']);
    await pass(59);
    expect(await bodies(QueueUrl)).toEqual([]);
    await pass(1);
    const { Messages: [again] } = await call('ReceiveMessage', { QueueUrl, AttributeNames: ['All'] });
    expect(again.Attributes).toMatchObject({ ApproximateReceiveCount: '2', SentTimestamp: String(Date.UTC(2026, 0, 5)) });
    await call('DeleteMessage', { QueueUrl, ReceiptHandle: again.ReceiptHandle });
    await pass(600);
    expect(await bodies(QueueUrl)).toEqual([]);
  });

  test('change the visibility timeout of a message in flight', async () => {
    const { QueueUrl } = await call('CreateQueue', { QueueName: 'q' });
    await call('SendMessage', { QueueUrl, MessageBody: 'm' });
    const { Messages: [message] } = await call('ReceiveMessage', { QueueUrl });
    await call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 });
    await pass(0);
    expect(await bodies(QueueUrl)).toEqual(['m']);
  });

  test('delay messages', async () => {
    const { QueueUrl } = await call('CreateQueue', { QueueName: 'q' });
    sqs.send(world.arn('sqs', 'q'), 'later', { delaySeconds: 900 });
    await pass(899);
    expect(await bodies(QueueUrl)).toEqual([]);
    await pass(1);
    expect(await bodies(QueueUrl)).toEqual(['later']);
    await expect(call('SendMessage', { QueueUrl, MessageBody: 'm', DelaySeconds: 901 })).rejects.toThrow(/901.*DelaySeconds/);
  });

  test('move a message that was received too often to the dead-letter queue, where its age still counts', async () => {
    await call('CreateQueue', { QueueName: 'dead', Attributes: { MessageRetentionPeriod: '600' } });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: world.arn('sqs', 'dead'), maxReceiveCount: 2 });
    const { QueueUrl } = await call('CreateQueue', { QueueName: 'q', Attributes: { RedrivePolicy, VisibilityTimeout: '10' } });
    await call('SendMessage', { QueueUrl, MessageBody: 'poison' });
    for (const expected of [['poison'], ['poison'], []]) {
      expect(await bodies(QueueUrl)).toEqual(expected);
      await pass(10);
    }
    expect((await call('GetQueueAttributes', { QueueUrl: 'dead', AttributeNames: ['ApproximateNumberOfMessages'] })).Attributes)
      .toEqual({ ApproximateNumberOfMessages: '1' });
    await pass(600 - 30);
    expect(await bodies('dead')).toEqual([]);
  });

  test('answer each entry of a batch by itself', async () => {
    const { QueueUrl } = await call('CreateQueue', { QueueName: 'q' });
    const output = await call('SendMessageBatch', { QueueUrl, Entries: [{ Id: 'a', MessageBody: 'x' }, { Id: 'b', MessageBody: 'y', DelaySeconds: 1000 }] });
    expect(output.Successful.map((each: any) => each.Id)).toEqual(['a']);
    expect(output.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameterValue', SenderFault: true }]);
    await expect(call('SendMessageBatch', { QueueUrl, Entries: [] })).rejects.toMatchObject({ code: 'EmptyBatchRequest' });
    await expect(call('DeleteMessageBatch', { QueueUrl, Entries: [{ Id: 'a' }, { Id: 'a' }] })).rejects.toMatchObject({ code: 'BatchEntryIdsNotDistinct' });
  });

  test('digest message attributes as SQS does', async () => {
    const { QueueUrl } = await call('CreateQueue', { QueueName: 'q' });
    const MessageAttributes = { timestamp: { DataType: 'Number', StringValue: '1493147359900' } };
    await call('SendMessage', { QueueUrl, MessageBody: 'm', MessageAttributes });
    const { Messages: [message] } = await call('ReceiveMessage', { QueueUrl, MessageAttributeNames: ['All'] });
    expect(message).toMatchObject({ MessageAttributes, MD5OfMessageAttributes: '235c5c510d26fb653d073faed50ae77c' });
  });

  test.each([
    ['ReceiveMessage', { QueueUrl: 'gone' }, 'QueueDoesNotExist'],
    ['SendMessage', { QueueUrl: 'q', MessageBody: 'm', MessageGroupId: 'g' }, 'NotModelled'],
    ['CreateQueue', { QueueName: 'a.fifo', Attributes: { FifoQueue: 'true' } }, 'InvalidParameterValue'],
    ['CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout: '99' } }, 'QueueNameExists'],
    ['CreateQueue', { QueueName: 'r', Attributes: { VisibilityTimeout: '43201' } }, 'InvalidAttributeValue'],
    ['CreateQueue', { QueueName: 'r', Attributes: { Colour: 'red' } }, 'InvalidAttributeName'],
    ['CreateQueue', { QueueName: 'r', Attributes: { RedrivePolicy: '{"maxReceiveCount":1}' } }, 'InvalidParameterValue'],
    ['DeleteMessage', { QueueUrl: 'q', ReceiptHandle: 'nonsense' }, 'ReceiptHandleIsInvalid'],
    ['StartMessageMoveTask', { SourceArn: 'a' }, 'NotModelled'],
  ])('refuse %s %j with %s', async (operation, input, code) => {
    await call('CreateQueue', { QueueName: 'q' });
    const error: AwsError = await call(operation, input).then(() => { throw new Error('was accepted'); }, (reason) => reason);
    expect(error.code).toBe(code);
  });

  test('are made, changed and removed by CloudFormation', async () => {
    const type = sqs.resourceTypes['AWS::SQS::Queue']!;
    const context = { stackName: 's', stackId: 'id', logicalId: 'Q', tags: [], generateName: () => 's-Q-1' };
    const url = await type.create(context, { VisibilityTimeout: 90, Tags: [{ Key: 'a', Value: 'b' }] });
    expect(type.attribute(url, 'Arn', {})).toBe('arn:aws:sqs:eu-central-1:123456789012:s-Q-1');
    await type.update!(context, url, { DelaySeconds: 5 }, {});
    expect((await call('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['VisibilityTimeout', 'DelaySeconds'] })).Attributes)
      .toEqual({ VisibilityTimeout: '30', DelaySeconds: '5' });
    await type.delete(context, url, {});
    await expect(call('GetQueueUrl', { QueueName: 's-Q-1' })).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });
});
