// Bundles src/runtime/handlers/*.lambda.ts to assets/handlers/<name>/index.mjs: ESM, minified, SDK clients included.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const source = 'src/runtime/handlers';
const names = readdirSync(source).filter((file) => file.endsWith('.lambda.ts')).map((file) => basename(file, '.lambda.ts'));

rmSync('assets/handlers', { recursive: true, force: true });
for (const name of names) {
  const outfile = join('assets/handlers', name, 'index.mjs');
  await build({
    entryPoints: [join(source, `${name}.lambda.ts`)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
  });
  console.log(`${outfile}  ${(statSync(outfile).size / 1024).toFixed(0)} KiB`);
}
