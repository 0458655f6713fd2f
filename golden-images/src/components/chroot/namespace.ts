import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { MachineLost } from '../machine';

export interface NamespaceProps {
  /** Folder of the root file system; absolute. */
  readonly root: string;
  /** Shares the network of this machine; otherwise there is nothing but a loopback device. */
  readonly hostNetwork: boolean;
}

/**
 * First process of the namespaces. It mounts what programs expect, says which process of the host it is, takes in orphans, and ends when
 * its input does: whatever becomes of us, all processes and mounts are gone with it. Devices are the harmless ones only; settings of the
 * kernel, which is that of this machine, can be read.
 */
const INIT = `{
set -e
read -r pid _ < /proc/self/stat
root=$1
mount --bind "$root" "$root"
mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root/run"
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null:3 zero:5 full:7 random:8 urandom:9; do mknod -m 666 "$root/dev/\${device%:*}" c 1 "\${device#*:}"; done
mknod -m 666 "$root/dev/tty" c 5 0
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"; ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"; ln -s /proc/self/fd/1 "$root/dev/stdout"; ln -s /proc/self/fd/2 "$root/dev/stderr"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkdir -m 1777 "$root/run/lock"
hostname golden-image
if [ "$2" = host ]; then
  if [ -L "$root/etc/resolv.conf" ]; then
    link=$(readlink "$root/etc/resolv.conf")
    case "$link" in
      */run/*) at="$root/run/\${link##*/run/}"; mkdir -p "\${at%/*}"; cp /etc/resolv.conf "$at";;
    esac
  elif [ -e "$root/etc/resolv.conf" ]; then mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
  fi
else
  ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || echo "loopback is down: this machine has neither ip nor ifconfig" >&2
fi
echo "ready $pid"
while read -r _; do :; done
}
`;

/** Namespaces of mounts, processes, host name, shared memory and network, alive as long as this object is open. */
export class Namespace {
  static async open(props: NamespaceProps): Promise<Namespace> {
    const flags = ['--mount', '--propagation', 'private', '--pid', '--uts', '--ipc', ...props.hostNetwork ? [] : ['--net'], '--fork', '--kill-child'];
    // A group of its own: an interrupt at the terminal is for us to handle.
    const unshare = spawn('unshare', [...flags, 'bash', '-s', props.root, props.hostNetwork ? 'host' : 'none'], { detached: true, stdio: 'pipe' });
    unshare.stdin!.on('error', () => undefined);
    unshare.stdin!.write(INIT);
    const pid = await ready(unshare);
    return new Namespace(unshare, pid, props);
  }

  private constructor(private readonly unshare: ChildProcess, readonly pid: number, private readonly props: NamespaceProps) {}

  /** The root file system with the mounts of the namespace, as a path of this machine. */
  get files(): string {
    return `/proc/${this.pid}/root${this.props.root}`;
  }

  /** The command that runs another one inside. */
  enter(command: string, args: readonly string[]): readonly string[] {
    const flags = ['--mount', '--pid', '--uts', '--ipc', ...this.props.hostNetwork ? [] : ['--net']];
    return ['nsenter', '--target', String(this.pid), ...flags, '--', 'chroot', this.props.root, command, ...args];
  }

  async close(): Promise<void> {
    if (this.unshare.exitCode !== null || this.unshare.signalCode !== null) return;
    const gone = once(this.unshare, 'exit');
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch { /* It has ended by itself. */ }
    await gone;
  }
}

async function ready(unshare: ChildProcess): Promise<number> {
  let said = '';
  let complaint = '';
  unshare.stderr!.on('data', (data: Buffer) => { complaint += data.toString(); });
  return new Promise((resolve, reject) => {
    const refuse = (): void => reject(new MachineLost(`the root could not be entered: ${complaint.trim() || 'unshare ended'}`));
    unshare.once('error', (error) => reject(new MachineLost(`unshare could not be started: ${error.message}`)));
    unshare.once('exit', refuse);
    unshare.stdout!.on('data', (data: Buffer) => {
      said += data.toString();
      const [, pid] = /^ready (\d+)\n/.exec(said) ?? [];
      if (pid === undefined) return;
      unshare.off('exit', refuse);
      resolve(Number(pid));
    });
  });
}
