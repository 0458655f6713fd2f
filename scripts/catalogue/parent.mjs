// The root file system that stands for the parent image: a Debian made by debootstrap, kept as an archive for the next time.
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { absent, run } from './run.mjs';

const SUITE = 'bookworm';
const MIRROR = 'http://deb.debian.org/debian';
const SECURITY = 'http://deb.debian.org/debian-security';
/** With a kernel and what brings up the network, so that it boots; every cloud image of Debian has GRUB's `update-grub`. */
const PACKAGES = [
  'systemd', 'systemd-sysv', 'procps', 'kmod', 'openssh-server', 'ca-certificates', 'unzip', 'linux-image-amd64', 'dbus', 'udev', 'iproute2', 'grub2-common',
];
/** It makes host keys. Apt installs it: debootstrap does not resolve the virtual packages on which Python's cryptography stands. */
const INSTALLED = ['cloud-init'];

const steps = [leaveTraces, bringUpNetwork, upgrade, withoutDataSource].map((step) => step.toString());
const made = [SUITE, MIRROR, SECURITY, PACKAGES, INSTALLED, ...steps];
const version = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 12);

/** Why it cannot be made here. */
export function missing(cache) {
  if (process.platform !== 'linux') return 'this is no Linux';
  if (process.getuid() !== 0) return 'it needs the rights of root';
  const needed = ['unshare', 'nsenter', 'chroot', 'mount', 'tar', 'zip', ...existsSync(archiveIn(cache)) ? [] : ['debootstrap']];
  const lacking = absent(needed);
  return lacking.length > 0 ? `this machine lacks ${lacking.join(', ')}` : undefined;
}

const archiveIn = (cache) => join(cache, `${SUITE}-${version}.tar`);

/** Unpacks it into a folder that a chroot runs in. */
export function unpackParent(cache, folder) {
  unpackMachine(cache, folder);
  // Nothing that is installed may be started: there is no systemd, and Debian would take old init scripts instead (invoke-rc.d(8)).
  writeFileSync(join(folder, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n');
  chmodSync(join(folder, 'usr/sbin/policy-rc.d'), 0o755);
  // It asks for the disk on which the root is: a chroot has none.
  rmSync(join(folder, 'usr/sbin/update-grub'));
}

/** Unpacks it into a folder of which a disk is made; makes it before where it is not there. */
export function unpackMachine(cache, folder) {
  const archive = archiveIn(cache);
  if (!existsSync(archive)) {
    readdirSync(cache).filter((name) => name.startsWith(`${SUITE}-`)).forEach((name) => rmSync(join(cache, name)));
    make(archive, `${folder}.new`);
  }
  mkdirSync(folder, { recursive: true });
  run('tar', ['--extract', '--file', archive, '--directory', folder, '--numeric-owner', '--xattrs']);
}

function make(archive, folder) {
  console.log(`- debootstrap ${SUITE}, once: ${archive}`);
  rmSync(folder, { recursive: true, force: true });
  run('debootstrap', ['--variant=minbase', `--include=${PACKAGES.join(',')}`, SUITE, folder, MIRROR]);
  writeFileSync(join(folder, 'etc/apt/sources.list'), [
    `deb ${MIRROR} ${SUITE} main`, `deb ${MIRROR} ${SUITE}-updates main`, `deb ${SECURITY} ${SUITE}-security main`, '',
  ].join('\n'));
  upgrade(folder);
  withoutDataSource(folder);
  leaveTraces(folder);
  bringUpNetwork(folder);
  mkdirSync(join(folder, 'boot/grub'));
  run('tar', ['--create', '--file', `${archive}.new`, '--directory', folder, '--numeric-owner', '--xattrs', '.']);
  renameSync(`${archive}.new`, archive);
  rmSync(folder, { recursive: true });
}

/** As the AMIs of the day are: a new kernel, its initrd and the certificates take an emulated processor ten minutes. */
function upgrade(folder) {
  ['update', 'upgrade --yes', `install --yes --no-install-recommends ${INSTALLED.join(' ')}`, 'clean'].forEach((command) =>
    run('chroot', [folder, 'sh', '-c', `DEBIAN_FRONTEND=noninteractive apt-get -q -o APT::Update::Error-Mode=any ${command}`]));
}

/** There is no metadata service: cloud-init asks for none, and does what it does without user data. */
function withoutDataSource(folder) {
  writeFileSync(join(folder, 'etc/cloud/cloud.cfg.d/99-no-data-source.cfg'), 'datasource_list: [None]\n');
}

/** What a machine that has run leaves behind, and no image may have. */
function leaveTraces(folder) {
  const write = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    appendFileSync(join(folder, path), text);
  };
  write('root/.bash_history', 'echo secret\n');
  write('root/.ssh/authorized_keys', 'ssh-ed25519 AAAA build\n');
  write('home/admin/.bash_history', 'echo secret\n');
  write('var/lib/cloud/instances/i-0123456789abcdef0/user-data.txt', '#!/bin/sh\n');
  write('var/log/journal/0123456789abcdef0123456789abcdef/system.journal', 'LPKSHHRH');
  write('var/log/syslog.1', 'started\n');
}

/** As cloud images do: by DHCP, on whatever network device there is. */
function bringUpNetwork(folder) {
  writeFileSync(join(folder, 'etc/systemd/network/80-dhcp.network'), '[Match]\nType=ether\n[Network]\nDHCP=yes\n');
  run('chroot', [folder, 'systemctl', 'enable', 'systemd-networkd.service']);
}
