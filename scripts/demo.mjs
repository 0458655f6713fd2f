// Builds what the demonstration needs, then tells its story: examples/web-fleet in the local AWS.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleApp } from './bundle-app.mjs';
import { localAwsBundle } from './local-aws-bundle.mjs';

const out = resolve('.tmp/demo');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const handlers = spawnSync(process.execPath, ['scripts/bundle-handlers.mjs'], { stdio: 'inherit' });
if (handlers.status !== 0) process.exit(handlers.status ?? 1);

await bundleApp('examples/web-fleet/app.ts', `${out}/app.cjs`);
await build({ ...localAwsBundle, entryPoints: ['examples/web-fleet/demo/main.ts'], outfile: `${out}/demo.cjs`, format: 'cjs' });

const { main } = await import(pathToFileURL(`${out}/demo.cjs`).href);
process.exitCode = await main(process.argv.slice(2));
