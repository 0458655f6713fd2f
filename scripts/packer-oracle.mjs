// Holds our reader of templates to Packer itself: test/oracle. Asks each Packer that is here: 1.6.6 and 1.9.4 (see packer-oracle/packers.mjs);
// says so and does nothing without. With --write, what 1.9.4 says is recorded for the tests; with --require, one that is missing is an error; with
// --soak, some thousand random expressions are compared, with --soak=SEED those of a seed.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { build } from 'esbuild';
import { findPackers, VERSIONS } from './packer-oracle/packers.mjs';

const packers = findPackers();
const missing = Object.keys(VERSIONS).filter((version) => !packers.has(version));
for (const version of missing) console.log(`SKIPPED: templates were NOT compared with Packer ${version}, which is not here: ${VERSIONS[version]}`);
if (missing.length > 0 && process.argv.includes('--require')) process.exitCode = 1;

mkdirSync('.tmp/packer-oracle', { recursive: true });
const outfile = '.tmp/packer-oracle/main.cjs';
if (packers.size > 0) await build({ entryPoints: ['test/oracle/packer.ts'], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' });
for (const [version, path] of packers) {
  console.log(`Packer ${version} (${path})`);
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', outfile, version, path, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
