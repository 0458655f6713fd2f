// Bundles the second package to one file: golden-images/dist/golden-images.mjs.
import { statSync } from 'node:fs';
import { build } from 'esbuild';

const outfile = 'golden-images/dist/golden-images.mjs';
await build({
  entryPoints: ['golden-images/src/index.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: "#!/usr/bin/env node\nimport{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  legalComments: 'none',
  logLevel: 'warning',
});
console.log(`${outfile}  ${(statSync(outfile).size / 1024).toFixed(0)} KiB`);
