import type { Stack } from 'aws-cdk-lib';
import { LINUX, LINUX_MACHINE, WINDOWS } from './documents';
import { BuildSchedule, Component, LinuxBaseline, OperatingSystemVersion, ParentImage, PatchedBaseImage, RoleImage, Source, Step, WindowsUpdate } from '../../../src';

/** Images with every kind of step. */
export function addImages(stack: Stack): void {
  const schedule = BuildSchedule.daily();
  const base = new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule, components: [LinuxBaseline.cleanForImaging()] });
  new RoleImage(stack, 'Linux', {
    parent: base,
    components: [
      Component.fromDocument('steps', LINUX),
      Component.fromDocument('machine', LINUX_MACHINE),
      Component.fromSteps('files', { buildSteps: [Step.download(Source.asset('test/catalogue/site'), '/srv/site'), Step.bash('echo {{ braces }}')] }),
      LinuxBaseline.cleanForImaging(),
    ],
  });
  const windows = new PatchedBaseImage(stack, 'WindowsBase', { parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022), schedule });
  new RoleImage(stack, 'Windows', {
    parent: windows,
    components: [
      Component.fromDocument('windows-steps', WINDOWS),
      Component.fromSteps('updates', {
        buildSteps: [WindowsUpdate.install({ searchCriteria: 'IsInstalled=0', filters: ["exclude:$_.Title -like '*Preview*'", 'include:$true'], updateLimit: 25 })],
      }),
      Component.fromSteps('windows-files', { buildSteps: [Step.download(Source.asset('test/catalogue/site'), 'C:\\inetpub\\wwwroot')] }),
    ],
  });
}
