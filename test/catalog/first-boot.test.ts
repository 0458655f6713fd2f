import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { scriptsOf } from './support';
import { Component, Step } from '../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { literal, newStack, Synthesized } from '../image/fixture';

const synthesise = (parent: ParentImage): Synthesized => {
  const stack = newStack();
  const base = new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily() });
  new RoleImage(stack, 'Role', { parent: base, components: [Component.fromSteps('mine', { buildSteps: [Step.reboot()] })] });
  return new Synthesized(stack);
};

test('every Linux image waits for cloud-init first, and no Windows image does', () => {
  const firsts = (parent: ParentImage): string[] => synthesise(parent).ofType('AWS::ImageBuilder::ImageRecipe')
    .map(({ Properties }) => literal(Properties.Components?.[0]?.ComponentArn ?? ''));
  firsts(ParentImage.amazonLinux2023()).forEach((arn) => expect(arn).toContain('waitforfirstboot'));
  firsts(ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025)).forEach((arn) => expect(arn).not.toContain('waitforfirstboot'));
});

test.each([
  ['has ended', 0, 0, ''], ['has failed in something', 1, 0, 'cloud-init ended with status 1:\n'], ['has recovered', 2, 0, 'cloud-init ended with status 2:\n'],
  ['does not end', 124, 1, ''],
])('cloud-init that %s', (_case, status, expected, output) => {
  const [{ steps }]: any[] = parse(synthesise(ParentImage.amazonLinux2023()).component('web--wait-for-first-boot')).phases;
  const script = scriptsOf(steps).replace('/run/systemd/system', '/');
  const programs = `cloud-init() { :; }; timeout() { [ "$*" = '900 cloud-init status --wait' ] && return ${status}; }`;
  const { status: code, stdout, stderr } = spawnSync('bash', ['-s'], { input: `${programs}\n${script}`, encoding: 'utf8' });
  expect([code, stdout]).toEqual([expected, output]);
  expect(stderr).toBe(status === 124 ? 'cloud-init has not ended within 900 seconds\n' : '');
});
