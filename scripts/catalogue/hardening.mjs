// What an independent scanner says of a parent image: before, after the library's own set, and after OpenSCAP's remediation. The components are those
// that the library synthesizes; the figures are those that their scans print.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentRun } from './component-run.mjs';
import { bottom, over } from './layers.mjs';

const FIGURES = 'test/catalogue/hardening-figures.json';
const POOL = 'http://deb.debian.org/debian/pool/main/s/scap-security-guide';
const GUIDE = '0.1.76';

/** Debian 13's data streams for Debian 12 and Ubuntu 24.04, which their own packages do not have. */
const PROFILES = {
  cis_level1_server: { file: `ssg-debderived_${GUIDE}-1_all.deb`, sha256: 'dd41637d94ac0f9f3cb5cbb41a6ce17d8f0739673291bdb1763c3f16bc8dbee7', tell: tellUbuntu },
  anssi_bp28_intermediary: { file: `ssg-debian_${GUIDE}-1_all.deb`, sha256: 'f6880719015c16e8e221bc2503c0e5a9f83d6a09fc6f9292d3522e46bf4fc9d7', tell: () => {} },
};

/** Fetches the data streams once, each under the name of its profile. */
export async function fetchDataStreams(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [profile, { file, sha256 }] of Object.entries(PROFILES)) {
    const path = join(folder, `${profile}.deb`);
    if (existsSync(path)) continue;
    const content = Buffer.from(await (await fetch(`${POOL}/${file}`)).arrayBuffer());
    if (createHash('sha256').update(content).digest('hex') !== sha256) throw new Error(`${POOL}/${file} is not what it was: correct its version and SHA-256`);
    writeFileSync(path, content);
  }
}

/** The benchmark of Ubuntu asks two files who the system is; the rest of it is Debian's. */
function tellUbuntu(root) {
  writeFileSync(join(root, 'etc/lsb-release'), 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=24.04\nDISTRIB_CODENAME=noble\n');
  writeFileSync(join(root, 'usr/lib/os-release'), 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\nPRETTY_NAME="Ubuntu 24.04, told so"\n');
}

/** Measures all profiles. Says whether what OpenSCAP hardened passed. */
export function measureHardening({ runner, buckets, work, parent, images }) {
  const document = (image) => images.find(({ name }) => name.endsWith(`--${image}`)).components.find(({ document: text, name }) => text && /openscap|linux-cis|parent-packages/.test(name));
  const run = (image, phase, root) => {
    const file = join(work, `${image}.yaml`);
    writeFileSync(file, document(image).document);
    const options = ['--root', root, '--phase', phase, '--network', 'host'];
    const { stdout, stderr, status } = componentRun({ runner, buckets }, file, options, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    writeFileSync(join(work, `${image}-${phase}.log`), `${stdout}\n${stderr}`);
    return { text: `${stdout}\n${stderr}`, good: status === 0 };
  };
  const must = (result, what) => { if (!result.good) throw new Error(`${what} failed:\n${result.text.split('\n').slice(-40).join('\n')}`); };
  const machine = over(bottom(parent), work, 'machine');
  must(run('parent', 'build', machine.folder), 'the parent');
  return Object.entries(PROFILES).map(([profile, { tell }]) => {
    const [evaluated, hardened] = [`evaluated-${id(profile)}`, `hardened-${id(profile)}`];
    const below = over(machine, work, `${id(profile)}-parent`);
    tell(below.folder);
    must(run(evaluated, 'build', below.folder), 'the installation of the scanner');
    const before = figures(run(evaluated, 'validate', below.folder).text);
    const ours = over(below, work, `${id(profile)}-ours`);
    must(run('ours', 'build', ours.folder), 'the set of the library');
    const afterOurs = figures(run(evaluated, 'validate', ours.folder).text);
    const theirs = over(below, work, `${id(profile)}-openscap`);
    must(run(hardened, 'build', theirs.folder), 'the remediation');
    const result = run(hardened, 'validate', theirs.folder);
    return { profile, before, ours: afterOurs, openScap: figures(result.text), good: result.good, left: left(result.text) };
  });
}

const id = (profile) => profile.replaceAll('_', '-');

/** What `OpenScap.hardening` prints. */
function figures(text) {
  const [, pass, applied] = /(\d+) of (\d+) rules pass;/.exec(text) ?? [];
  if (!applied) throw new Error(`the scan says no figures:\n${text.split('\n').slice(-40).join('\n')}`);
  return { pass: Number(pass), notPass: Number(applied) - Number(pass) };
}

const left = (text) => [...text.matchAll(/accepted: xccdf_org\.ssgproject\.content_rule_(\S+) /g)].map(([, rule]) => rule).sort();

/** Prints the table, and keeps it where it is asked to. Says whether it is what is kept. */
export function reportHardening(rows, write) {
  const cell = ({ pass, notPass }) => `${pass} / ${notPass}`;
  console.log('\nOpenSCAP, rules that pass / do not pass:');
  rows.forEach(({ profile, before, ours, openScap, left: rules }) =>
    console.log(`${profile}: before ${cell(before)}, after LinuxBaseline.cis ${cell(ours)}, after OpenScap.hardening ${cell(openScap)}; left: ${rules.join(', ')}`));
  const profiles = Object.fromEntries(rows.map(({ profile, good, ...row }) => [profile, row]));
  const measured = { date: new Date().toISOString().slice(0, 10), contentVersion: GUIDE, profiles };
  if (write) writeFileSync(FIGURES, `${JSON.stringify(measured, null, 2)}\n`);
  const kept = JSON.parse(readFileSync(FIGURES, 'utf8'));
  const same = JSON.stringify(kept.profiles) === JSON.stringify(measured.profiles);
  if (!same) {
    console.log(`DIFFERENT from ${FIGURES}, to which the guide is held: run it with --write-figures, and correct docs/guides/hardening.md`);
  }
  return same;
}
