import { join } from 'node:path';
import { readApi } from './api';
import { doorsOf } from './doors';
import { Recorder } from './recorder';

const api = readApi(join(__dirname, '../../src/index.ts'));
const recorder = new Recorder(api);
jest.doMock('cdk-golden-images', () => recorder.library(jest.requireActual('cdk-golden-images')));
const { surface } = require('./app') as typeof import('./app');

/** What an app does not use, and why. */
const NOT_USED: Record<string, string> = {
  'new Channel': '`addChannel` of an image makes channels; the constructor is for images of other libraries',
  'ChannelProps.channelName': 'of the constructor of Channel',
  'ChannelProps.parameterName': 'of the constructor of Channel',
  'ChannelProps.gates': 'of the constructor of Channel',
  'GateConfig.kind': 'what a gate binds to; an app gives it to the constructor of Channel only',
  'GateConfig.soakChannel': 'what a gate binds to',
  'GateConfig.soakTime': 'what a gate binds to',
  'GateKind.IMAGE_TESTS': 'what `Gate.imageTests` binds to',
  'GateKind.SOAK': 'what `Gate.soak` binds to',
};

surface({ account: '111122223333', region: 'eu-central-1' });

test('the app uses every factory, constructor, method, option and member of an enumeration', () => {
  expect(doorsOf(api).filter((door) => !recorder.used.has(door))).toEqual(Object.keys(NOT_USED).sort());
});

test('what is written down are doors of the API', () => {
  const doors = new Set(doorsOf(api));
  expect([...recorder.used].filter((door) => !doors.has(door))).toEqual([]);
});
