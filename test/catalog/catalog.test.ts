import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { OperatingSystem, WebServer } from '../../src/catalog';
import { BuildSchedule, ParentImage, PatchedBaseImage, Platform, RoleImage } from '../../src/image';
import { newBase, newStack, Synthesised } from '../image/fixture';

test('nginx is installed, checked and tested', () => {
  const stack = newStack();
  new RoleImage(stack, 'Role', { parent: newBase(stack), components: [WebServer.nginx()] });
  const { phases } = parse(new Synthesised(stack).component('web--nginx'));
  const scripts: Record<string, string> = Object.fromEntries(phases.map(({ name, steps }: any) => [name, steps[0].inputs.commands.join('\n')]));
  expect(scripts.build).toMatch(/dnf -y install nginx[\s\S]*systemctl enable nginx/);
  expect(scripts.validate).toContain('nginx -t');
  expect(scripts.test).toMatch(/systemctl is-active nginx[\s\S]*= 200/);
  Object.values(scripts).forEach((script) => expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0));
});

test.each([
  [Platform.LINUX, ParentImage.ubuntu('24.04')], [Platform.WINDOWS, ParentImage.windowsServer('2022')],
])('updates are for %s, and a base has them once', (platform, parent) => {
  const stack = newStack();
  const components = [OperatingSystem.updates(platform)];
  expect(() => new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components })).toThrow('is there twice');
});
