// Bundles the second package to one file: golden-images/dist/golden-images.mjs, or the file given.
import { statSync } from 'node:fs';
import { build } from 'esbuild';
import { commandLineBundle } from './local-aws-bundle.mjs';

const outfile = process.argv[2] ?? 'golden-images/dist/golden-images.mjs';
await build({ ...commandLineBundle, outfile });
console.log(`${outfile}  ${(statSync(outfile).size / 1024).toFixed(0)} KiB`);
