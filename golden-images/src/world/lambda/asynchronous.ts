import { type World } from '../kernel';
import { SqsService } from '../sqs';
import type { LambdaService } from './lambda';

/** Delays before the first and the second retry ("How Lambda handles errors and retries with asynchronous invocation"). */
const RETRY_DELAYS = [60_000, 120_000];

/** An event that waits for a function: tried again twice unless configured otherwise, then given to the failure destination. */
export function invokeLater(world: World, lambda: LambdaService, functionName: string, payload: unknown): void {
  const target = lambda.required(functionName);
  const since = world.now;
  const attempt = (retries: number) => async (): Promise<void> => {
    const { maximumRetryAttempts, maximumEventAgeSeconds, onFailure } = target.eventInvoke;
    const result = await lambda.invoke(functionName, payload).catch((error: Error) => ({ payload: { errorMessage: error.message }, functionError: 'Unhandled' as const }));
    if (!result.functionError) return;
    const delay = RETRY_DELAYS[retries] ?? RETRY_DELAYS[1]!;
    const inTime = world.now + delay - since <= maximumEventAgeSeconds * 1000;
    if (retries < maximumRetryAttempts && inTime) {
      world.timeline.schedule(delay, `retry of ${target.name}`, attempt(retries + 1));
      return;
    }
    world.log('lambda', `gave up an asynchronous event of ${target.name}`, { payload });
    giveUp(world, target.latest.configuration.DeadLetterConfig?.TargetArn, JSON.stringify(payload));
    giveUp(world, onFailure, JSON.stringify({
      version: '1.0',
      timestamp: new Date(world.now).toISOString(),
      requestContext: { functionArn: `${target.arn}:$LATEST`, condition: 'RetriesExhausted', approximateInvokeCount: retries + 1 },
      requestPayload: payload,
      responsePayload: result.payload,
    }));
  };
  world.timeline.schedule(0, `event for ${target.name}`, attempt(0));
}

function giveUp(world: World, destination: string | undefined, body: string): void {
  if (!destination) return;
  if (destination.includes(':sqs:')) world.get(SqsService).sendIfThere(destination, body);
  else world.log('lambda', `not delivered to ${destination}: only queues are modelled as destinations`);
}
