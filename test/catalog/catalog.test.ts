import { OperatingSystem } from '../../src/catalog';
import { BuildSchedule, ParentImage, PatchedBaseImage, Platform } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { newStack } from '../image/fixture';

test.each([
  [Platform.LINUX, ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04)],
  [Platform.WINDOWS, ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022)],
])('updates are for %s, and a base has them once', (platform, parent) => {
  const stack = newStack();
  const components = [OperatingSystem.updates(platform)];
  expect(() => new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components })).toThrow('is defined twice');
});
