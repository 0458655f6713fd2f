import { App, Stack } from 'aws-cdk-lib';
import { BuildSchedule, Component, LinuxAssert, LinuxBaseline, ParentImage, PatchedBaseImage, RoleImage, Source, SystemdUnit, WebServer } from 'cdk-golden-images';

/** The images that `npx projen catalogue` builds: a patched base, a baseline on it, and on that two web servers. */
const stack = new Stack(new App(), 'Catalogue', { env: { account: '111122223333', region: 'eu-central-1' } });
const parent = ParentImage.fromSsmParameter('/aws/service/debian/release/12/latest/amd64');
const content = Source.asset('test/catalogue/site');

// Where a guest of qemu sees this machine: scripts/catalogue/time-server.mjs answers there.
const TIME_SERVER = '10.0.2.2';

const base = new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily() });
const baseline = new RoleImage(stack, 'Baseline', {
  parent: base,
  components: [LinuxBaseline.timeSync({ servers: [TIME_SERVER] }), LinuxBaseline.cis(), LinuxBaseline.cleanForImaging()],
});
new RoleImage(stack, 'Nginx', { parent: baseline, components: [WebServer.nginx({ content }), LinuxBaseline.cleanForImaging()] });
new RoleImage(stack, 'Apache', { parent: baseline, components: [WebServer.apache({ content }), LinuxBaseline.cleanForImaging()] });

// Good in a chroot, where systemctl answers every question about a running unit with success; not so in a machine that boots.
new RoleImage(stack, 'Wrong', {
  parent: base,
  components: [Component.fromSteps('dies-at-start', {
    buildSteps: [SystemdUnit.service('dies-at-start', { execStart: '/bin/false' })],
    testSteps: [LinuxAssert.serviceActive('dies-at-start')],
  })],
});
