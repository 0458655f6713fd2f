// Holds what `golden-images render` writes to Packer itself: every template is valid and in its layout, and one is built over SSH in a Debian
// root and answers. Asks each Packer that is here (see packer-oracle/packers.mjs), and builds with the latest; the build needs root, debootstrap for
// the first time, and the mirrors.
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fetchDataStreams } from './catalogue/hardening.mjs';
import { missing } from './catalogue/parent.mjs';
import { run } from './catalogue/run.mjs';
import { synthesize } from './catalogue/synthesize.mjs';
import { findPackers, VERSIONS } from './packer-oracle/packers.mjs';
import { buildAndAsk } from './packer-render/build.mjs';
import { check } from './packer-render/check.mjs';

const room = resolve('.tmp/packer-render');
const cache = resolve('.tmp/catalogue');
const dataStreams = join(cache, 'data-streams');
const runner = join(room, 'golden-images.mjs');
const APPS = { web: 'test/packer-render/app.ts', steps: 'test/golden-images/render/app.ts', catalogue: 'test/catalogue/app.ts' };
const IMAGES = [['web', 'web'], ['catalogue', 'nginx'], ['catalogue', 'apache'], ['steps', 'linux'], ['steps', 'windows']];
const SOURCES = ['amazon-ebs', 'vsphere-iso', 'azure-arm', 'null'];
const skipped = [];

/** Nothing is proven then; with --require that is an error. */
function skip(what, reason) {
  console.log(`SKIPPED: ${what}: ${reason}`);
  skipped.push(what);
}

function render(assembly, image, source) {
  const out = join(room, 'rendered', `${image}-${source}`);
  run(process.execPath, [runner, 'render', image, '--target', 'packer', '--source', source, '--assembly', assembly, '--out', out]);
  return out;
}

async function main() {
  const packers = findPackers();
  for (const [version, origin] of Object.entries(VERSIONS)) if (!packers.has(version)) skip(`rendered templates were NOT held to Packer ${version}`, origin);
  if (packers.size === 0) return;
  rmSync(room, { recursive: true, force: true });
  for (const folder of [room, cache]) mkdirSync(folder, { recursive: true });
  run(process.execPath, ['scripts/bundle-command-line.mjs', runner]);
  await fetchDataStreams(dataStreams);
  const assemblies = new Map();
  for (const [name, entry] of Object.entries(APPS)) assemblies.set(name, await synthesize(entry, join(room, name), dataStreams));
  const folders = IMAGES.flatMap(([app, image]) => SOURCES.map((source) => render(assemblies.get(app), image, source)));
  for (const [version, path] of packers) {
    console.log(`Packer ${version} (${path})`);
    folders.forEach((folder) => check(path, folder, room));
  }
  const reason = missing(cache);
  if (reason) return skip('no rendered template was built with Packer', reason);
  buildAndAsk({ path: packers.get('1.9.4') ?? packers.get('1.6.6'), template: join(room, 'rendered/web-null'), cache, room });
}

await main();
if (skipped.length > 0 && process.argv.includes('--require')) process.exitCode = 1;
