// Holds the templates of the surface app (test/surface) to cfn-lint in five regions, to the packs of cdk-nag, and to
// themselves: two synths in two processes and two folders give the same. Needs Python 3 and PyPI for cfn-lint; says so
// where they are missing, which is an error with --require.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { KNOWN } from '../test/surface/known-findings.mjs';

const REGIONS = ['eu-central-1', 'us-east-1', 'ap-south-2', 'cn-north-1', 'us-gov-west-1'];
const REQUIREMENTS = resolve('test/surface/requirements.txt');
const FILES = resolve('test/surface/app/files');
const room = resolve('.tmp/surface');
const venv = `${room}/venv`;
const app = `${room}/app.cjs`;
const faults = [];

const run = (command, args, options = {}) =>
  spawnSync(command, args, { encoding: 'utf8', maxBuffer: 268_435_456, ...options });

function skip(reason) {
  console.log(`SKIPPED: cfn-lint did NOT look at the templates: ${reason}`);
  if (process.argv.includes('--require')) process.exitCode = 1;
  return false;
}

/** A virtual environment with what requirements.txt pins; kept for the next time. */
function install() {
  const version = readFileSync(REQUIREMENTS, 'utf8').trim().split('==')[1];
  if (existsSync(venv) && run(`${venv}/bin/cfn-lint`, ['--version']).stdout?.trim() === `cfn-lint ${version}`) { return true; }
  if (run(process.env.PYTHON ?? 'python3', ['-m', 'venv', venv]).status !== 0) { return skip('python3 with venv is missing'); }
  const { status, stderr } = run(`${venv}/bin/pip`, [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    REQUIREMENTS,
  ]);
  return status === 0 || skip(`cfn-lint cannot be installed: ${stderr.trim().split('\n').at(-1)}`);
}

/** `cdk synth` in a process and a folder of its own, with files of the app at another place. */
function synth(region, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(FILES, `${folder}/files`, { recursive: true });
  const cdk = resolve('node_modules/.bin/cdk');
  const output = run(cdk, ['synth', '--quiet', '--app', `node ${app} ${region}`, '--output', `${folder}/cdk.out`], {
    cwd: folder,
    env: {
      ...process.env,
      SURFACE_FILES: `${folder}/files`,
      CDK_VALIDATION: 'false',
      CDK_DISABLE_CLI_TELEMETRY: '1',
    },
  });
  if (output.status !== 0) throw new Error(`cdk synth for ${region} failed:\n${output.stderr}`);
  return templatesIn(`${folder}/cdk.out`);
}

const templatesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .sort()
    .map((name) => join(folder, name));

function lint(region, templates) {
  const { stdout, stderr } = run(`${venv}/bin/cfn-lint`, [
    '--regions',
    region,
    '--format',
    'json',
    '--',
    ...templates,
  ]);
  const found = JSON.parse(stdout || '[]');
  if (!stdout && stderr) throw new Error(stderr);
  const unknown = found.filter(
    ({ Rule, Message }) => !KNOWN.some(({ rule, message }) => Rule.Id === rule && Message.startsWith(message)),
  );
  console.log(
    `cfn-lint, ${region}: ${templates.length} templates, ${unknown.length} findings, ${found.length - unknown.length} explained`,
  );
  unknown.forEach(({ Rule, Message, Filename, Location }) =>
    faults.push(`${region} ${Rule.Id} ${Filename.split('/').at(-1)} ${(Location.Path ?? []).join('/')}: ${Message}`),
  );
}

function compare(first, second) {
  const text = (path) => readFileSync(path, 'utf8');
  const differing = first.filter((path, index) => text(path) !== text(second[index]));
  console.log(`two synths: ${first.length} templates, ${differing.length} differ`);
  differing.forEach((path) => faults.push(`two synths differ: ${path}`));
}

function packs() {
  const { status, stdout, stderr } = run('node', [app, 'eu-central-1', 'packs'], {
    env: { ...process.env, SURFACE_FILES: FILES, CDK_VALIDATION: 'false' },
  });
  const found = stdout.split('\n').filter((line) => line !== '');
  console.log(
    `cdk-nag, AwsSolutions, NIST 800-53 R5, HIPAA, PCI DSS, Serverless: ${found.length} findings that nobody explained`,
  );
  faults.push(...found);
  if (status !== 0 && found.length === 0) throw new Error(stderr);
}

mkdirSync(room, { recursive: true });
await build({
  entryPoints: ['test/surface/main.ts'],
  outfile: app,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  alias: { 'cdk-golden-images': resolve('src/index.ts') },
  external: ['aws-cdk-lib', 'constructs', 'cdk-nag'],
});
compare(synth(REGIONS[0], `${room}/first`), synth(REGIONS[0], `${room}/at/another/place`));
packs();
if (install()) REGIONS.forEach((region) => lint(region, synth(region, `${room}/${region}`)));
faults.forEach((fault) => console.error(fault));
if (faults.length > 0) process.exitCode = 1;
