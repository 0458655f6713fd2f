import { CodeBuildService } from '../code-build/code-build';
import { AwsError, type World } from '../kernel';
import { assertServiceMayUse, OF_EVENTS } from '../kms/encrypted';
import { LambdaService } from '../lambda/lambda';
import { SnsService } from '../sns';
import { SqsService } from '../sqs';

/** Delivers a text to a queue, a function or a topic, or starts a build of a project. Throws when the target is not there. */
export function deliver(world: World, arn: string, input: string): void {
  switch (arn.split(':')[2]) {
    case 'sqs': return toQueue(world, arn, input);
    case 'lambda': return world.get(LambdaService).invokeAsync(arn, input);
    // Without an input of its own: StartBuild of the project ("Templated targets" of EventBridge Scheduler).
    case 'codebuild': return void world.get(CodeBuildService).start({ projectName: arn.split('/').pop()! }, 'scheduler');
    case 'sns': return void world.get(SnsService).publish(arn, input);
    default: throw new AwsError('NotModelled', `the local AWS does not deliver events to ${arn}`, 501);
  }
}

/** What a customer key encrypts, its policy must let EventBridge send to. */
function toQueue(world: World, arn: string, input: string): void {
  const queues = world.get(SqsService);
  assertServiceMayUse(world, queues.byArn(arn).attributes.KmsMasterKeyId, 'events.amazonaws.com', OF_EVENTS);
  queues.send(arn, input);
}

/** Delivers; what cannot be delivered goes to the dead-letter queue of the target, or is lost, and the journal says so. */
export function deliverOrDeadLetter(world: World, by: string, target: { Arn: string; DeadLetterConfig?: { Arn?: string } }, input: string): void {
  try {
    deliver(world, target.Arn, input);
  } catch (error) {
    const deadLetters = target.DeadLetterConfig?.Arn;
    world.log('events', `${by} cannot deliver to ${target.Arn}: ${(error as Error).message}`, { deadLetters });
    if (deadLetters) world.get(SqsService).sendIfThere(deadLetters, input);
  }
}
