import { gunzipSync } from 'node:zlib';
import { AGENT, UNIT } from './agent';
import { cpio, padded } from './cpio';

const SCRIPT = '/scripts/init-bottom/golden-images';

/** For the shell and the few tools of klibc, which are all that an initrd without busybox has. */
const PLACE = `#!/bin/sh
if [ "$1" = prereqs ]; then exit 0; fi
units=/run/systemd/system
mkdir -p /run/golden-images "$units/multi-user.target.wants"
cat /golden-images/agent > /run/golden-images/agent
cat /golden-images/unit > "$units/golden-images.service"
ln -s ../golden-images.service "$units/multi-user.target.wants/golden-images.service"
`;

/**
 * The initrd of the root with the agent behind it: the kernel unpacks archives that stand one after the other (kernel documentation,
 * "initramfs buffer format"). The agent comes into the guest by way of /run, which the initrd hands over to the system. So it is never on
 * the disk: there is nothing to take away before the disk is called an image, and no step of a document can mistake it for its own.
 *
 * initramfs-tools reads `conf/conf.d` first and the scripts of `init-bottom`, named in ORDER, when /run is there (initramfs-tools(7)).
 */
export const withAgent = (initrd: Buffer): Buffer => Buffer.concat([padded(unpacked(initrd)), cpio([
  { path: 'conf', mode: 0o755 },
  { path: 'conf/conf.d', mode: 0o755 },
  { path: 'conf/conf.d/golden-images', mode: 0o644, content: `echo '${SCRIPT} "$@"' >> /scripts/init-bottom/ORDER\n` },
  { path: 'scripts', mode: 0o755 },
  { path: 'scripts/init-bottom', mode: 0o755 },
  { path: SCRIPT.slice(1), mode: 0o755, content: PLACE },
  { path: 'golden-images', mode: 0o700 },
  { path: 'golden-images/agent', mode: 0o700, content: AGENT },
  { path: 'golden-images/unit', mode: 0o644, content: UNIT },
])]);

/** This machine unpacks in a moment what takes an emulated processor many seconds. What is not packed by gzip stays as it is. */
const unpacked = (initrd: Buffer): Buffer => (initrd.readUInt16BE(0) === 0x1f8b ? gunzipSync(initrd) : initrd);
