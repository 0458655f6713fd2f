import { join } from 'node:path';
import { PORTS } from './agent';
import type { BootPlan } from './boot-plan';

/** Names by which an instance differs from every other one. */
export interface Identity {
  /** Of the system: what DMI tells. */
  readonly uuid: string;
  /** Of the network device. */
  readonly mac: string;
}

export interface GuestProps {
  readonly disk: string;
  /** Holds pipes, kernel and initrd. */
  readonly folder: string;
  readonly identity: Identity;
  readonly boot: BootPlan;
  /** Whether the processor of this machine runs the guest. */
  readonly kvm: boolean;
  readonly hostNetwork: boolean;
  /** File that gets what the guest writes to its console. */
  readonly console?: string;
}

const MEMORY_MIB = 2048;

/**
 * The command that is the guest. It ends with the guest, also where that only restarts: the kernel that is on the disk by then is for us to
 * find, as a boot loader would. It listens on nothing: the network is that of qemu's own user mode, and without `hostNetwork` nothing is
 * behind it (qemu(1), `restrict`).
 */
export const qemuCommand = ({ disk, folder, identity, boot, kvm, hostNetwork }: GuestProps): string[] => [
  // Whatever becomes of us, the guest ends with us.
  'setpriv', '--pdeathsig', 'KILL', '--', 'qemu-system-x86_64',
  '-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-serial', 'stdio',
  '-machine', 'q35', '-accel', ...kvm ? ['kvm', '-cpu', 'host'] : ['tcg,thread=multi', '-cpu', 'max,la57=off'],
  '-smp', '2', '-m', String(MEMORY_MIB), '-uuid', identity.uuid,
  '-kernel', join(folder, 'kernel'), '-initrd', join(folder, 'initrd'), '-append', commandLine(boot),
  '-drive', `file=${disk.replace(/,/g, ',,')},format=raw,if=virtio,cache=unsafe`,
  '-netdev', `user,id=net,restrict=${hostNetwork ? 'off' : 'on'}`, '-device', `virtio-net-pci,netdev=net,mac=${identity.mac}`,
  '-device', 'virtio-rng-pci', '-device', 'virtio-serial-pci',
  ...Object.entries(PORTS).flatMap(([port, name]) => [
    '-chardev', `pipe,id=${port},path=${join(folder, name)}`, '-device', `virtserialport,chardev=${port},name=${name}`,
  ]),
];

/** Of the arguments that the image gives its kernel, the place of the root and of the console are those of this machine. */
const commandLine = ({ args }: BootPlan): string => [
  'root=/dev/vda', 'rw', 'console=ttyS0', 'panic=-1',
  ...args.filter((each) => !/^(root|rootfstype|rootflags|console|panic)=|^(ro|rw|quiet|splash)$/.test(each)),
].join(' ');
