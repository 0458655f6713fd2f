// Builds the images of test/catalogue/app.ts in a Debian root, as layers over each other, from the very documents that the library
// synthesizes; then starts the results and runs their test phases. And the same in a machine that boots, where qemu is. Needs root, debootstrap for
// the first time, and the mirrors of Debian.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { bundleApp } from './bundle-app.mjs';
import { BootedBuilder, missingForBoot } from './catalogue/booted.mjs';
import { Builder } from './catalogue/builder.mjs';
import { entriesOf, excuses, unaccounted } from './catalogue/entries.mjs';
import { fetchDataStreams } from './catalogue/hardening.mjs';
import { imagesOf, publishAssets } from './catalogue/images.mjs';
import { missing, unpackParent } from './catalogue/parent.mjs';
import { run, timed } from './catalogue/run.mjs';
import { summary } from './catalogue/summary.mjs';
import { synthesize } from './catalogue/synthesize.mjs';

const room = resolve('.tmp/catalogue');
const work = join(room, 'work');
const runner = join(room, 'golden-images.mjs');
const dataStreams = join(room, 'data-streams');
const INSIDE = 'GOLDEN_IMAGES_CATALOGUE_INSIDE';

/** Nothing is proven then; with --require that is an error. */
function skip(reason) {
  console.log(`SKIPPED: the catalogue was NOT proven in a real root: ${reason}`);
  process.exit(process.argv.includes('--require') ? 1 : 0);
}

/** In mount and process namespaces of its own: whatever becomes of it, no mount and no process stays behind. */
async function enterNamespaces() {
  const flags = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const child = spawn('unshare', [...flags, process.execPath, ...process.argv.slice(1)], { stdio: 'inherit', detached: true, env: { ...process.env, [INSIDE]: '1' } });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => process.on(signal, () => child.kill('SIGKILL')));
  const [code] = await once(child, 'exit');
  rmSync(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  process.exit(code ?? 130);
}

const reason = missing(room);
if (reason) skip(reason);
if (!process.env[INSIDE]) await enterNamespaces();

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
console.log('- synthesize, bundle the runner');
run(process.execPath, ['scripts/bundle-command-line.mjs', runner]);
await fetchDataStreams(dataStreams);
const assembly = await synthesize('test/catalogue/app.ts', room, dataStreams);
await bundleApp('src/catalog/index.ts', join(room, 'catalog.cjs'));
const library = createRequire(import.meta.url)(join(room, 'catalog.cjs'));
const buckets = publishAssets(assembly, 'Catalogue', join(work, 'buckets'));
const images = imagesOf(assembly, 'Catalogue', buckets);
const parent = join(work, 'parent');
const { seconds } = timed(() => unpackParent(room, parent));
const builder = new Builder({ runner, buckets, work, parent });
const results = images.map((image) => builder.build(image));
const chroot = summary(seconds, results);
const booted = proveBooted(results);
console.log(`\nIn a chroot:${chroot}\n${booted.text}`);
const figures = spawnSync(process.execPath, ['scripts/hardening.mjs', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = booted.good && results.every(({ good }) => good) ? figures.status ?? 1 : 1;

/** The same images in a machine that boots; and a component that a chroot takes for good, which must fail there. */
function proveBooted(inChroot) {
  const absent = missingForBoot();
  if (absent.length > 0) {
    return { good: !process.argv.includes('--require'), text: `SKIPPED: the catalogue was NOT proven in a machine that boots: this machine lacks ${absent.join(', ')}` };
  }
  const machine = new BootedBuilder({ runner, buckets, work, room });
  const wrong = inChroot.find(({ image }) => image.name.endsWith('--wrong'));
  const rows = inChroot.filter((result) => result !== wrong)
    .map(({ image }) => machine.build(image, image.components.map((each) => builder.written(each))));
  const component = wrong.image.components.map((each) => builder.written(each)).find(({ phases }) => phases.includes('test'));
  const status = wrong.good ? machine.testOf(component.name, component.file, wrong.layer.folder) : 'not run';
  machine.close();
  const open = unaccounted(entriesOf(library), rows.flatMap(({ ran }) => ran));
  return {
    good: rows.every(({ good }) => good) && open.length === 0 && wrong.good && status === 'Failed',
    text: [
      'In a machine that boots:', summary(undefined, rows), ...excuses(), ...open.map((each) => `FAILED: ${each}`),
      `A service that dies: good in a chroot: ${wrong.good}; booted: ${status}${status === 'Failed' ? ', as it must' : ': the machine does NOT bite'}`,
    ].join('\n'),
  };
}
