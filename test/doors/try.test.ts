import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import * as lib from '../../src';

const stack = new Stack(new App(), 'Web');
const tries: [string, () => unknown][] = [
  ['bash 42', () => lib.Step.bash(42 as never)],
  ['fn', () => new lib.RoleImage(stack, 'A', { parent: {} as never, components: [] })],
  ['noprops', () => new lib.RoleImage(stack, 'B', undefined as never)],
  ['tz', () => lib.BuildSchedule.daily({ timeZone: 'Europe/Berlin' as never })],
  ['tz2', () => lib.BuildSchedule.daily({ timeZone: TimeZone.of('Europe/Berln') })],
  ['unknown', () => lib.Step.bash('x').withOptions({ timeoutSeconds: 4 } as never)],
  ['steps', () => lib.Component.fromSteps('a', { buildSteps: [lib.Component.amazonManaged('x')] as never })],
  ['dur', () => lib.Gate.soak(5 as never)],
  ['dur2', () => lib.Gate.soak(Duration.hours(5), { channelname: 'x' } as never)],
];
test.each(tries)('%s', (_, act) => { try { act(); console.log('passed'); } catch (e) { console.log((e as Error).stack); } });
