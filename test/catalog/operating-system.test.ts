import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { scriptsOf } from './support';
import { OperatingSystem, type OperatingSystemUpdatesOptions } from '../../src/catalog';
import { BuildSchedule, ParentImage, PatchedBaseImage, Platform } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { newStack, Synthesized } from '../image/fixture';

test('a base may take Windows updates by criteria and filters instead', () => {
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025),
    schedule: BuildSchedule.daily(),
    updates: OperatingSystem.windowsUpdates({ searchCriteria: 'IsInstalled=0', updateLimit: 25 }),
  });
  const template = new Synthesized(stack);
  expect(template.ofType('AWS::ImageBuilder::Component')).toHaveLength(1);
  const phases: any[] = parse(template.component('web--windows-updates')).phases;
  expect(phases.map(({ name, steps }) => [name, steps.length])).toEqual([['build', 1], ['validate', 1]]);
  expect(phases[0].steps[0].inputs.commands[0]).toContain('$limit = 25');
});

describe('updates of Linux', () => {
  const upgrade = (options: OperatingSystemUpdatesOptions, id: string): string => {
    const stack = newStack();
    const updates = OperatingSystem.updates(Platform.LINUX, options);
    new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), updates });
    const [{ steps: build }]: any[] = parse(new Synthesized(stack).component('web--update-linux')).phases;
    expect(build.map(({ action, if: condition }: any) => [action, condition !== undefined])).toEqual([['ExecuteBash', true], ['UpdateOS', true], ['Reboot', false]]);
    const script = scriptsOf(build).replace('/etc/os-release', '<(echo "$os")');
    return spawnSync('bash', ['-s'], { input: `os='ID="${id}"'\ndnf() { echo "dnf $*"; }\n${script}`, encoding: 'utf8' }).stdout;
  };

  test('are by dnf with a release on Amazon Linux, where UpdateOS does not go', () => {
    expect(upgrade({}, 'amzn')).toBe('dnf -y upgrade --releasever=latest\n');
    expect(upgrade({ releaseVersion: '2023.9.20251117' }, 'amzn')).toBe('dnf -y upgrade --releasever=2023.9.20251117\n');
    expect(upgrade({}, 'rhel')).toBe('dnf -y upgrade\n');
  });

  test('take the lists as UpdateOS does', () => {
    expect(upgrade({ include: ['openssl', 'kernel'], exclude: ['kernel'] }, 'amzn')).toBe('dnf -y upgrade --releasever=latest --exclude=kernel openssl\n');
    expect(upgrade({ include: ['kernel'], exclude: ['kernel'] }, 'amzn')).toContain('nothing to update');
  });
});
