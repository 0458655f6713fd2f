// Whose code is in a bundle, and under which license it came.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { mit } from './mit.mjs';

/** What may be given on with the notices that this script collects. */
export const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0', 'Python-2.0', 'Unlicense'];

/** The packages of which a bundle has code, by what the bundler says that it kept. */
export async function bundled(options) {
  const { metafile } = await build({ ...options, outdir: undefined, outfile: undefined, ...outputOf(options), write: false, metafile: true });
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs)).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const folders = new Set(kept.map(([path]) => folderOf(path)).filter((folder) => folder !== undefined));
  return [...folders].map(readPackage);
}

const outputOf = ({ entryPoints }) => (entryPoints.length > 1 ? { outdir: '.tmp/notices' } : { outfile: '.tmp/notices/bundle.mjs' });

/** `node_modules/a/b.js` and `node_modules/@a/b/c.js`; the last `node_modules` counts. */
const folderOf = (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];

/** What stands in a folder of `node_modules`: name, version, license, and the texts that go with it. */
export function readPackage(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version } = manifest;
  const license = licenseOf(manifest);
  if (!ALLOWED.includes(license)) { throw new Error(`${name} ${version}: the license '${license}' is not one of ${ALLOWED.join(', ')}`); }
  const texts = (pattern) => readdirSync(folder).filter((file) => pattern.test(file)).sort().map((file) => tidy(readFileSync(join(folder, file), 'utf8')));
  const own = texts(/^(?:licen[cs]e|copying)(?:[.-].*)?$/i).join('\n\n');
  const text = [license === 'Apache-2.0' ? copyrights(own) : own || withoutText(manifest, license), ...texts(/^notice(?:[.-].*)?$/i)].filter((each) => each !== '').join('\n\n');
  return { name, version, license, text };
}

/** Old manifests have an object or a list. */
const licenseOf = ({ license, licenses }) => {
  const given = license ?? licenses?.[0];
  return given?.type ?? given;
};

/** The text of the Apache License itself stands in the file LICENSE of either package. */
const copyrights = (text) => text.split('\n').map((line) => line.trim()).filter((line) => /^Copyright (?![[{])/.test(line) && !/^copyright (?:owner|notice)/i.test(line)).join('\n');

function withoutText({ name, author }, license) {
  if (license !== 'MIT') { throw new Error(`${name}: it carries no text of the license '${license}'`); }
  return mit(author?.name ?? author ?? `the authors of ${name}`);
}

const tidy = (text) => text.replace(/\r\n/g, '\n').split('\n').map((line) => line.trimEnd()).join('\n').trim();
