import { Component, Step } from '../../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../../src/image';
import { OperatingSystemVersion } from '../../../src/platform';
import { newStack, Synthesized } from '../../image/fixture';

const warningsFor = (...commands: string[]): string[] => {
  const stack = newStack();
  const components = [Component.fromSteps('Mine', { buildSteps: [Step.powershell(...commands)] })];
  new PatchedBaseImage(stack, 'Base', { parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025), schedule: BuildSchedule.daily(), components });
  return new Synthesized(stack).warnings.filter((each) => each.includes('sysprepInStep'));
};

test.each([
  '& "$env:SystemRoot\\System32\\Sysprep\\Sysprep.exe" /oobe /generalize /shutdown', "'a'\n& 'C:\\Program Files\\Amazon\\EC2Launch\\EC2Launch.exe' sysprep",
])('a step that runs Sysprep is warned about: %j', (command) => {
  expect(warningsFor("'first'", command)).toEqual([expect.stringMatching(/a step runs Sysprep \('&.*Image Builder runs it itself, after all components/)]);
});

test.each(['# Sysprep.exe comes later', "Remove-Item 'C:\\Windows\\Panther\\unattend.xml'"])('one that does not is not: %j', (command) => {
  expect(warningsFor(command)).toEqual([]);
});
