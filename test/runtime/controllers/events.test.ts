import { fleetStatusName, pauseParameterName, releaseDocumentName } from '../../../src/contract';
import { messagesOf, type EventBridgeEvent } from '../../../src/runtime/controllers/events';
import { buildArn, fleet, image, NAMESPACE, pointer, registry, STACK_ID } from '../support/intents';

const known = registry(
  [image('base', 1), image('base-hardened', 1), image('web', 1, { parent: ['base', 'latest'] })],
  [fleet('blue', ['web', 'production'], ['errors']), fleet('green', ['web', 'latest'])],
);

const event = (source: string, detail: Record<string, unknown>, resources: string[] = []): EventBridgeEvent =>
  ({ source, 'detail-type': 'whatever', detail, resources });

test.each<[string, EventBridgeEvent, string[]]>([
  ['a build', event('aws.imagebuilder', {}, [buildArn('base', 1, 2)]), ['image base']],
  ['a build of an image whose name begins like another', event('aws.imagebuilder', {}, [buildArn('base-hardened', 1, 2)]), ['image base-hardened']],
  ['a build of somebody else', event('aws.imagebuilder', {}, ['arn:aws:imagebuilder:eu-central-1:1:image/theirs/1.0.0/1']), []],
  ['an instance refresh', event('aws.autoscaling', { AutoScalingGroupName: 'blue-group' }), ['fleet blue']],
  ['a refresh of another group', event('aws.autoscaling', { AutoScalingGroupName: 'theirs' }), []],
  ['an alarm', event('aws.cloudwatch', { alarmName: 'errors' }), ['fleet blue']],
  ['a channel others stand on', event('aws.ssm', { name: pointer('base', 'latest') }), ['image base', 'image web']],
  ['a channel that a fleet follows', event('aws.ssm', { name: releaseDocumentName(pointer('web', 'latest')) }), ['image web', 'fleet green']],
  ['the status of a fleet', event('aws.ssm', { name: fleetStatusName(NAMESPACE, 'blue') }), ['image web']],
  ['the pause', event('aws.ssm', { name: pauseParameterName(NAMESPACE) }), ['sweep']],
  ['some parameter', event('aws.ssm', { name: '/other' }), []],
  ['our stack', event('aws.cloudformation', {}, [STACK_ID]), ['sweep']],
  ['another stack', event('aws.cloudformation', {}, ['arn:aws:cloudformation:eu-central-1:1:stack/other/1']), []],
  ['something unknown', event('aws.unknown', {}), []],
  ['nothing at all', {}, []],
  ['an event without details', { source: 'aws.ssm' }, []],
])('%s', (_, happened, expected) => {
  expect(messagesOf(happened, known).map((message) => 'name' in message ? `${message.kind} ${message.name}` : message.kind)).toEqual(expected);
});
