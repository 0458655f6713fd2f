// Bundles src/runtime/handlers/*.lambda.ts to assets/handlers/<name>/index.mjs: ESM, minified, SDK clients included.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { handlerBundle, names } from './handler-bundle.mjs';

const output = 'assets/handlers';
const bundleOf = (name) => join(output, name, 'index.mjs');

/** Of everything below a folder, the folders too: they tell of removed files. */
function newest(path) {
  const status = statSync(path);
  const inside = status.isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(status.mtimeMs, ...inside);
}

function isFresh() {
  const inputs = ['src/runtime', 'src/contract', 'scripts/bundle-handlers.mjs', 'scripts/handler-bundle.mjs', 'scripts/slim-sdk.mjs', 'node_modules/.package-lock.json'];
  const changed = Math.max(...inputs.filter((path) => existsSync(path)).map(newest));
  return names.every((name) => existsSync(bundleOf(name)) && statSync(bundleOf(name)).mtimeMs > changed);
}

/** Beside the old bundles, which stay whole until each is replaced in one step: tests and deploys may be reading them. */
async function bundle() {
  const start = new Date();
  const outdir = `assets/.handlers-${process.pid}`;
  await build({
    ...handlerBundle,
    outdir,
  });
  for (const name of names) {
    mkdirSync(join(output, name), { recursive: true });
    // As old as what it was read from: a source that is saved meanwhile is newer.
    utimesSync(join(outdir, name, 'index.mjs'), start, start);
    renameSync(join(outdir, name, 'index.mjs'), bundleOf(name));
  }
  rmSync(outdir, { recursive: true });
}

if (!isFresh()) await bundle();
if (existsSync(output)) {
  readdirSync(output).filter((name) => !names.includes(name)).forEach((name) => rmSync(join(output, name), { recursive: true }));
}
const kibibytes = (bytes) => `${(bytes / 1024).toFixed(0)} KiB`;
for (const name of names) {
  const code = readFileSync(bundleOf(name));
  console.log(`${bundleOf(name)}  ${kibibytes(code.length)}, gzip ${kibibytes(gzipSync(code, { level: 9 }).length)}`);
}
