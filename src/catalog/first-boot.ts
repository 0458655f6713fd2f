import { entry } from './entry';
import type { Component } from '../component/component';
import { linuxStep } from '../component/linux/script';

/** cloud-init installs packages and runs user data for minutes; what has not ended by then has hung. */
const LIMIT_SECONDS = 900;

/**
 * Waits for cloud-init, which changes packages, users and repositories while the instance is reachable already (hashicorp/packer#2639). The
 * first component of every Linux image. What cloud-init failed in is reported and fails nothing; that it has not ended does.
 */
export const waitForFirstBoot = (): Component => entry('wait-for-first-boot', {
  description: 'Waits for cloud-init',
  buildSteps: [linuxStep('WaitForCloudInit', () => [
    // A chroot or a container has no cloud-init that would ever end.
    'if [ ! -d /run/systemd/system ] || ! command -v cloud-init >/dev/null; then exit 0; fi',
    `status=0; timeout ${LIMIT_SECONDS} cloud-init status --wait || status=$?`,
    `[ "$status" -ne 124 ] || fail 'cloud-init has not ended within ${LIMIT_SECONDS} seconds'`,
    '[ "$status" -eq 0 ] || { echo "cloud-init ended with status $status:"; cloud-init status --long || true; }',
  ])],
});
