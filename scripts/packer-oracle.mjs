// Holds our reader of templates to Packer itself: test/oracle. Needs packer 1.6.6 (Debian: apt-get install packer); says so and does nothing without.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { build } from 'esbuild';

const version = spawnSync('packer', ['version'], { encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
if (version.status !== 0) {
  console.log('SKIPPED: templates were NOT compared with Packer: packer is not installed');
  process.exit(0);
}
console.log(version.stdout.trim());
mkdirSync('.tmp/packer-oracle', { recursive: true });
const outfile = '.tmp/packer-oracle/main.cjs';
await build({ entryPoints: ['test/oracle/packer.ts'], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' });
const { status } = spawnSync(process.execPath, ['--enable-source-maps', outfile], { stdio: 'inherit' });
process.exitCode = status ?? 1;
