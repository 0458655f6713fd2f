// The Packers on this machine that templates are compared with.
import { spawnSync } from 'node:child_process';

/** The versions that are wanted, and where they come from. */
export const VERSIONS = {
  '1.6.6': 'Debian has it, apt-get install packer',
  '1.9.4': 'name it by PACKER_1_9_4, or put packer-1.9.4 into the PATH; it is built by "go install github.com/hashicorp/packer@v1.9.4" in about 20 minutes',
};

/** Paths by version. */
export function findPackers() {
  const candidates = [process.env.PACKER_1_9_4, 'packer-1.9.4', 'packer'].filter((path) => path !== undefined && path !== '');
  const found = new Map();
  for (const path of candidates) {
    const { stdout } = spawnSync(path, ['version'], { encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    const version = /^Packer v(\S+)/.exec(stdout ?? '')?.[1];
    if (version in VERSIONS && !found.has(version)) found.set(version, path);
  }
  return found;
}
