import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../../golden-images/src/commands/command-line';
import { copyDisk, diskFromFolder, rootKind, takeKernel } from '../../../../golden-images/src/components/qemu/disk';
import { build, bash } from '../documents';

const missing = ['mke2fs', 'debugfs'].filter((each) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${each}`]).status !== 0);
if (missing.length > 0) console.warn(`SKIPPED: disks need ${missing.join(', ')}; making them is not tested here`);
const withTools = missing.length === 0 ? test : test.skip;

const folder = mkdtempSync(join(tmpdir(), 'golden-images-disks-'));
const root = join(folder, 'root');
const put = (path: string, text: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeAll(() => {
  put('bin/sh', '');
  put('boot/vmlinuz-6.1', 'old kernel');
  put('boot/initrd.img-6.1', 'old initrd');
  put('boot/vmlinuz-6.2', 'new kernel');
  put('boot/initrd.img-6.2', 'new initrd');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what --root names', () => {
  test('is told by what it holds', () => {
    const tar = join(folder, 'archive');
    spawnSync('tar', ['--create', '--file', tar, '--directory', root, '.']);
    expect([rootKind(root), rootKind(tar)]).toEqual(['folder', 'archive']);
  });

  test('is refused where it is none of them', () => {
    const file = join(folder, 'text');
    writeFileSync(file, 'x'.repeat(5000));
    expect(() => rootKind(file)).toThrow('is no folder, no archive of tar and no disk');
    expect(() => rootKind(join(folder, 'absent'))).toThrow('there is no ');
    mkdirSync(join(folder, 'empty'));
    expect(() => diskFromFolder(join(folder, 'empty'), join(folder, 'disk'))).toThrow('holds no root file system');
  });
});

withTools('a disk takes the space of what is in it, and its copy too', () => {
  const disk = join(folder, 'disk');
  diskFromFolder(root, disk);
  expect(rootKind(disk)).toBe('disk');
  copyDisk(disk, join(folder, 'copy'));
  for (const each of [disk, join(folder, 'copy')]) {
    const { size, blocks } = statSync(each);
    expect(size).toBeGreaterThan(6e9);
    expect(blocks * 512).toBeLessThan(3e8);
  }
});

withTools('the kernel is the newest until a boot loader says another one', () => {
  const [disk, at] = [join(folder, 'boot.disk'), mkdtempSync(join(folder, 'at-'))];
  diskFromFolder(root, disk);
  expect(takeKernel(disk, at)).toMatchObject({ args: [], initrdContent: Buffer.from('new initrd') });
  expect(readFileSync(join(at, 'kernel'), 'utf8')).toBe('new kernel');
  put('boot/grub/grub.cfg', 'menuentry {\n linux /boot/vmlinuz-6.1 root=UUID=1 audit=1\n initrd /boot/initrd.img-6.1\n}\n');
  diskFromFolder(root, disk);
  expect(takeKernel(disk, at)).toMatchObject({ args: ['root=UUID=1', 'audit=1'], initrdContent: Buffer.from('old initrd') });
  expect(readFileSync(join(at, 'kernel'), 'utf8')).toBe('old kernel');
});

withTools('a disk without a kernel is refused before anything starts', () => {
  const [bare, disk] = [join(folder, 'bare'), join(folder, 'bare.disk')];
  mkdirSync(join(bare, 'bin'), { recursive: true });
  writeFileSync(join(bare, 'bin/sh'), '');
  diskFromFolder(bare, disk);
  expect(() => takeKernel(disk, folder)).toThrow('the root has no kernel with an initrd in /boot');
});

describe('the command line', () => {
  async function refusal(...options: string[]): Promise<string> {
    writeFileSync(join(folder, 'document.yml'), build(bash('A', 'true')));
    let err = '';
    const code = await runCommandLine(['component', 'run', 'document.yml', ...options], {
      directory: folder, terminal: false, out: () => undefined, err: (line) => { err += line; }, write: () => undefined,
    });
    expect(code).toBe(2);
    return err;
  }

  test('knows two machines', async () => {
    expect(await refusal('--root', '/', '--machine', 'docker')).toContain('chroot or qemu');
  });

  test('keeps a disk, or a console, only of a machine that has one', async () => {
    expect(await refusal('--root', root, '--save', 'x')).toContain('--save goes with --machine qemu');
    expect(await refusal('--root', root, '--console', 'x')).toContain('--console goes with --machine qemu');
  });

  test('keeps a disk only where one is made, and overwrites nothing', async () => {
    const [tar, disk] = [join(folder, 'root.tar'), join(folder, 'given.disk')];
    spawnSync('tar', ['--create', '--file', tar, '--directory', root, '.']);
    const ext4 = Buffer.alloc(4096);
    ext4.writeUInt16LE(0xef53, 1024 + 0x38);
    writeFileSync(disk, ext4);
    writeFileSync(join(folder, 'kept'), 'precious');
    symlinkSync(tar, join(folder, 'link'));
    symlinkSync(join(folder, 'absent'), join(folder, 'to-nothing'));
    const saved = (from: string, save: string): Promise<string> => refusal('--root', from, '--machine', 'qemu', '--save', save);
    expect(await saved(disk, 'new.disk')).toContain('a disk is changed in place; copy it before');
    expect(await saved(tar, 'root.tar')).toContain('--save is the root itself');
    expect(await saved(tar, 'link')).toContain('--save is the root itself');
    expect(await saved(tar, 'kept')).toContain('kept is there already: name another file with --save, or remove it');
    expect(await saved(root, 'to-nothing')).toContain('to-nothing is there already');
    expect(await saved(root, 'root/new.disk')).toContain('--save lies in the root');
    expect(await saved(root, 'nowhere/new.disk')).toContain(`there is no folder ${join(folder, 'nowhere')}`);
    expect([rootKind(tar), readFileSync(join(folder, 'kept'), 'utf8')]).toEqual(['archive', 'precious']);
  });
});
