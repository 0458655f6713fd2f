import { qemuCommand, type GuestProps } from '../../../../golden-images/src/components/qemu/arguments';
import { bootPlan } from '../../../../golden-images/src/components/qemu/boot-plan';
import { Console } from '../../../../golden-images/src/components/qemu/console';
import { cpio } from '../../../../golden-images/src/components/qemu/cpio';
import { guestProxies } from '../../../../golden-images/src/components/qemu/network';
import { canUseKvm } from '../../../../golden-images/src/components/qemu/require';

const props: GuestProps = {
  disk: '/d/a,b.disk',
  folder: '/f',
  identity: { uuid: 'u', mac: 'm' },
  kvm: false,
  hostNetwork: false,
  boot: { kernel: '/boot/vmlinuz-1', initrd: '/boot/initrd.img-1', args: ['root=UUID=1', 'ro', 'quiet', 'audit=1', 'console=tty0'] },
};
const after = (command: string[], option: string): string => command[command.indexOf(option) + 1]!;

describe('the command of a guest', () => {
  test('listens on nothing, and reaches nothing unless it may', () => {
    const command = qemuCommand(props);
    expect(after(command, '-netdev')).toBe('user,id=net,restrict=on');
    expect(after(qemuCommand({ ...props, hostNetwork: true }), '-netdev')).toBe('user,id=net,restrict=off');
    expect(command.join(' ')).not.toMatch(/hostfwd|-vnc|-monitor|-qmp|tcp:|server/);
  });

  test('ends with us, and where the guest restarts', () => {
    expect(qemuCommand(props).slice(0, 4)).toEqual(['setpriv', '--pdeathsig', 'KILL', '--']);
    expect(qemuCommand(props)).toContain('-no-reboot');
  });

  test('keeps the arguments that the image gives its kernel, but those of the root and the console', () => {
    expect(after(qemuCommand(props), '-append')).toBe('root=/dev/vda rw console=ttyS0 panic=-1 audit=1');
  });

  test('takes a comma in the name of the disk for one', () => {
    expect(after(qemuCommand(props), '-drive')).toContain('file=/d/a,,b.disk,format=raw');
  });

  test('uses the processor where that can run guests, not where there is only the device', () => {
    expect(after(qemuCommand({ ...props, kvm: true }), '-accel')).toBe('kvm');
    expect(canUseKvm('flags\t\t: fpu svm sse', true)).toBe(true);
    expect(canUseKvm('flags\t\t: fpu sse hypervisor', true)).toBe(false);
    expect(canUseKvm('flags\t\t: fpu vmx', false)).toBe(false);
  });
});

describe('what is booted', () => {
  const names = ['config-6.1.0-9', 'vmlinuz-6.1.0-9', 'initrd.img-6.1.0-9', 'vmlinuz-6.1.0-50', 'initrd.img-6.1.0-50', 'vmlinuz-6.2'];

  test('is the first entry of the boot loader, with its arguments', () => {
    const config = "menuentry 'a' {\n\tlinux\t/boot/vmlinuz-6.1.0-9 root=/dev/vda ro  audit=1\n\tinitrd\t/boot/initrd.img-6.1.0-9\n}\nmenuentry 'b' {\n\tlinux /x y\n\tinitrd /z\n}\n";
    expect(bootPlan(config, names)).toEqual({ kernel: '/boot/vmlinuz-6.1.0-9', initrd: '/boot/initrd.img-6.1.0-9', args: ['root=/dev/vda', 'ro', 'audit=1'] });
  });

  test('is the newest kernel with an initrd where there is no configuration of a boot loader', () => {
    expect(bootPlan(undefined, names)).toEqual({ kernel: '/boot/vmlinuz-6.1.0-50', initrd: '/boot/initrd.img-6.1.0-50', args: [] });
    expect(bootPlan('# nothing', names)?.kernel).toBe('/boot/vmlinuz-6.1.0-50');
    expect(bootPlan(undefined, ['vmlinuz-1'])).toBeUndefined();
  });
});

test('a file of an initrd stands in it with its name, length and mode, at a multiple of four bytes', () => {
  const archive = cpio([{ path: 'conf', mode: 0o755 }, { path: 'conf/a', mode: 0o644, content: 'hällo' }]).toString('latin1');
  expect(archive.length % 4).toBe(0);
  const at = archive.indexOf('conf/a\0') - 110;
  expect(at % 4).toBe(0);
  expect(archive.slice(at, at + 6)).toBe('070701');
  expect(Number.parseInt(archive.slice(at + 14, at + 22), 16)).toBe(0o100644);
  expect(Number.parseInt(archive.slice(at + 54, at + 62), 16)).toBe(6);
  expect(archive.endsWith('TRAILER!!!\0\0\0\0')).toBe(true);
});

test('a panic is seen also where it comes in pieces, and the end of the console is kept without its colors', () => {
  const console = new Console();
  console.add('one\n\x1b[0;3');
  console.add('2mtwo\x1b[0m\r\n\nKernel pan');
  expect(console.panicked).toBe(false);
  console.add('ic - not syncing: Attempted to kill init!\n');
  expect(console.panicked).toBe(true);
  expect(console.tail(2)).toBe('  two\n  Kernel panic - not syncing: Attempted to kill init!');
});

test('a proxy on this machine is where the guest sees this machine', () => {
  expect(guestProxies({ http_proxy: 'http://127.0.0.1:3128', HTTPS_PROXY: 'http://localhost/', no_proxy: 'localhost', ftp_proxy: 'http://proxy.example:1' }))
    .toEqual({ http_proxy: 'http://10.0.2.2:3128', HTTPS_PROXY: 'http://10.0.2.2/', no_proxy: 'localhost', ftp_proxy: 'http://proxy.example:1' });
});
