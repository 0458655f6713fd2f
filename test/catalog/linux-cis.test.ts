import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { phasesOf, scriptsOf } from './support';
import { LinuxBaseline } from '../../src/catalog';
import { checkEffective, checkFiles } from '../../src/catalog/baseline/linux-cis-checks';
import { AUDIT, KERNEL, LOGINS, MODES, MODULES, PASSWORDS, SSH, TEXTS } from '../../src/catalog/baseline/linux-cis-items';
import { ParentImage } from '../../src/image';
import { rendered } from '../component/support';

const ARM = ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64);

const ITEMS = { kernel: KERNEL, modules: MODULES, ssh: SSH, logins: LOGINS, passwords: PASSWORDS, modes: MODES, texts: TEXTS, audit: AUDIT };
const IDS = Object.values(ITEMS).flatMap((items) => items.map(({ id }) => id));

/** All items but those of one kind, so that the document is short enough for a template. */
const allBut = (kind: keyof typeof ITEMS): string[] => IDS.filter((id) => !ITEMS[kind].some((item) => item.id === id));
const only = (kind: keyof typeof ITEMS): ReturnType<typeof phasesOf> => phasesOf(LinuxBaseline.cis({ excludedItems: allBut(kind) }), 'linux-cis');

test('the guide has a row for every item, and for no other', () => {
  const rows = [...readFileSync('docs/guides/hardening.md', 'utf8').matchAll(/^\| `(LIN-[A-Z]+-\d+)` \|/gm)].map(([, id]) => id);
  expect(rows).toEqual([...new Set(rows)]);
  expect([...rows].sort()).toEqual([...IDS].sort());
});

test('ids are unique', () => {
  expect(new Set(IDS).size).toBe(IDS.length);
});

test.each(Object.keys(ITEMS) as (keyof typeof ITEMS)[])('items of the kind %s are set and checked, each of them', (kind) => {
  const { build, validate } = only(kind);
  expect(scriptsOf(build).length).toBeGreaterThan(0);
  ITEMS[kind].forEach(({ id }) => expect(scriptsOf(validate)).toMatch(new RegExp(`check ${id} `)));
  [build, validate].flatMap((steps) => steps!).filter(({ action }) => action === 'ExecuteBash')
    .forEach(({ inputs }) => expect(spawnSync('bash', ['-n'], { input: inputs.commands.join('\n') }).status).toBe(0));
});

test('an item that is left out is neither set nor checked', () => {
  const { build, validate, test: tests } = phasesOf(LinuxBaseline.cis({ excludedItems: [...allBut('kernel'), 'LIN-NET-1'] }), 'linux-cis');
  [build, validate, tests].forEach((steps) => expect(scriptsOf(steps)).not.toContain('net.ipv4.ip_forward'));
  expect(scriptsOf(build)).toContain('net.ipv4.tcp_syncookies = 1');
});

test('the settings of the kernel are not applied to the build instance', () => {
  expect(scriptsOf(only('kernel').build)).not.toContain('sysctl -p');
});

test('audit rules name only system calls that the architecture has', () => {
  expect(scriptsOf(only('audit').build)).toContain('-S unlink,rename');
  const arm = phasesOf(LinuxBaseline.cis({ excludedItems: allBut('audit') }), 'linux-cis', ARM);
  expect(scriptsOf(arm.build)).not.toContain('-S unlink,rename');
  expect(scriptsOf(arm.build)).toContain('-S unlinkat,renameat');
});

test('an item that is unknown, and nothing at all, are refused', () => {
  expect(() => phasesOf(LinuxBaseline.cis({ excludedItems: ['LIN-NET-99'] }), 'linux-cis')).toThrow("there is no hardening item 'LIN-NET-99'");
  expect(() => phasesOf(LinuxBaseline.cis({ excludedItems: IDS }), 'linux-cis')).toThrow('every hardening item is excluded');
});

describe('a check says which items are wrong', () => {
  const run = (steps: any[]): string => spawnSync('bash', ['-s'], { input: steps[0].inputs.commands.join('\n'), encoding: 'utf8' }).stderr;
  const none = { kernel: [], modules: [], ssh: [], logins: [], passwords: [], modes: [], texts: [], audit: [] };

  test('a file that gives too much', () => {
    const modes = [{ id: 'LIN-FILE-1', path: '/etc/passwd', mode: '600' }, { id: 'LIN-FILE-2', path: '/etc/passwd', mode: '644' }];
    expect(run(rendered(checkFiles({ ...none, modes })))).toBe('not as set: LIN-FILE-1\n');
  });

  test('a kernel with another value; what it does not have is no failure', () => {
    const kernel = [
      { id: 'LIN-KERN-1', name: 'kernel.ostype', value: 'Other' }, { id: 'LIN-KERN-2', name: 'kernel.ostype', value: 'Linux' },
      { id: 'LIN-KERN-3', name: 'kernel.absent', value: '1' },
    ];
    expect(run(rendered(checkEffective({ ...none, kernel })))).toBe('not as set: LIN-KERN-1\n');
  });
});
