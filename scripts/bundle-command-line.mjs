// Bundles the second package to one file: golden-images/dist/golden-images.mjs, or the file given.
import { statSync } from 'node:fs';
import { build } from 'esbuild';
import { localAwsBundle } from './local-aws-bundle.mjs';

const outfile = process.argv[2] ?? 'golden-images/dist/golden-images.mjs';
await build({
  ...localAwsBundle,
  entryPoints: ['golden-images/src/main.ts'],
  outfile,
  format: 'esm',
  banner: { js: "#!/usr/bin/env node\nimport{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
console.log(`${outfile}  ${(statSync(outfile).size / 1024).toFixed(0)} KiB`);
