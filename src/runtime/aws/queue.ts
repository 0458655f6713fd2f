import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { callAws } from './errors';
import type { ControllerMessage } from '../../contract';
import type { Queue } from '../ports';

export class SqsQueue implements Queue {
  public constructor(private readonly client: SQSClient, private readonly url: string) {}

  public async lookAgain(message: ControllerMessage, seconds: number): Promise<void> {
    await callAws('sqs:SendMessage', () => this.client.send(new SendMessageCommand({
      QueueUrl: this.url, MessageBody: JSON.stringify(message), DelaySeconds: seconds,
    })));
  }
}
