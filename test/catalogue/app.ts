import { App, Stack } from 'aws-cdk-lib';
import {
  BuildSchedule, Component, LinuxAssert, LinuxBaseline, OpenScap, ParentImage, PatchedBaseImage, RoleImage, Source, SystemdUnit, WebServer,
} from 'cdk-golden-images';

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

const OPTIONAL = ['LIN-MNT-1', 'LIN-MNT-2', 'LIN-MNT-3', 'LIN-LOCK-1', 'LIN-LOCK-2', 'LIN-AUDD-1', 'LIN-AUDD-2', 'LIN-AUDD-3', 'LIN-AUDD-4',
  'LIN-AUDD-5', 'LIN-AUDD-6', 'LIN-AIDE-1'];
new RoleImage(stack, 'Optional', {
  parent: baseline,
  components: [LinuxBaseline.optionalHardening({ items: OPTIONAL }), LinuxBaseline.cleanForImaging()],
});

// The smallest profile: seven scans by a processor that is emulated take their time. The large ones: hardening.ts.
new RoleImage(stack, 'Scanned', {
  parent: base,
  components: [OpenScap.hardening({
    profile: 'anssi_bp28_minimal',
    dataStream: Source.asset(`${process.env.DATA_STREAMS}/anssi_bp28_intermediary.deb`),
  })],
});

// Good in a chroot, where systemctl answers every question about a running unit with success; not so in a machine that boots.
new RoleImage(stack, 'Wrong', {
  parent: base,
  components: [Component.fromSteps('dies-at-start', {
    buildSteps: [SystemdUnit.service('dies-at-start', { execStart: '/bin/false' })],
    testSteps: [LinuxAssert.serviceActive('dies-at-start')],
  })],
});
