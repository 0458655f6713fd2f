// Measures what OpenSCAP says of a Debian root: as it is, after LinuxBaseline.cis, and after OpenScap.hardening, by the components that the library
// synthesizes (test/catalogue/hardening.ts). Called by scripts/catalogue.mjs, in namespaces of its own; --write-figures keeps what it measures.
import { rmSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fetchDataStreams, measureHardening, reportHardening } from './catalogue/hardening.mjs';
import { imagesOf, publishAssets } from './catalogue/images.mjs';
import { unpackParent } from './catalogue/parent.mjs';
import { run } from './catalogue/run.mjs';
import { synthesize } from './catalogue/synthesize.mjs';

const room = resolve('.tmp/catalogue');
const work = join(room, 'hardening');
const runner = join(work, 'golden-images.mjs');
const dataStreams = join(room, 'data-streams');
const parent = join(work, 'parent');

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
await fetchDataStreams(dataStreams);
run(process.execPath, ['scripts/bundle-command-line.mjs', runner]);
const assembly = await synthesize('test/catalogue/hardening.ts', work, dataStreams);
const buckets = publishAssets(assembly, 'Hardening', join(work, 'buckets'));
unpackParent(room, parent);
const rows = measureHardening({ runner, buckets, work, parent, images: imagesOf(assembly, 'Hardening', buckets) });
const same = reportHardening(rows, process.argv.includes('--write-figures'));
process.exitCode = same && rows.every(({ good }) => good) ? 0 : 1;
