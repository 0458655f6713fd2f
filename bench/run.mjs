// Bundles the handlers and the benchmark, and runs it; see README.md.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { build } from 'esbuild';

execFileSync(process.execPath, ['scripts/bundle-handlers.mjs'], { stdio: 'inherit' });
const outfile = '.tmp/bench/main.cjs';
await build({
  entryPoints: ['bench/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['aws-cdk-lib', 'constructs', '@aws-cdk/aws-imagebuilder-alpha'],
  alias: { 'cdk-golden-images': resolve('src/index.ts') },
  logLevel: 'warning',
});
execFileSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
