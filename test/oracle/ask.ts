import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What Packer finds there: none of the user's plugins and settings, and it asks for no newer version of itself. */
export const packerEnvironment = (folder: string): NodeJS.ProcessEnv =>
  ({ PATH: process.env.PATH, HOME: folder, CHECKPOINT_DISABLE: '1', PACKER_CONFIG_DIR: join(folder, 'none') });

/** Runs Packer in a folder. */
export const askPacker = (packer: string, args: readonly string[], folder: string, environment: Record<string, string> = {}) => spawnSync(
  packer, args, { encoding: 'utf8', cwd: folder, env: { ...environment, ...packerEnvironment(folder) }, timeout: 120_000, maxBuffer: 2 ** 28 },
);
