// The library in the languages of jsii: generates the sources of all, builds the Python package and synthesizes an app with it.
// What cannot be done here is said, and is no failure; what fails is one.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { requireHandlers } from './assembly.mjs';

const room = mkdtempSync(join(realpathSync(tmpdir()), 'golden-images-languages-'));
const pacmak = resolve('node_modules/.bin/jsii-pacmak');
const python = join(room, 'venv', 'bin', 'python');

class Skipped extends Error {}

function run(title, command, args, env = {}) {
  console.log(`- ${title}`);
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${title} failed: ${error?.message ?? `${stdout}\n${stderr}`.trim()}`);
}

/** Whether a command is there. */
const present = (command, ...args) => spawnSync(command, args).status === 0;

const generate = (language) => run(`sources for ${language}`, pacmak, ['--code-only', '--target', language, '--outdir', join(room, 'sources')]);

/** The declared aws-cdk-lib, or, said loudly, the newest that the package index has. */
function installPython(wheel) {
  const pip = (title, ...packages) => run(title, python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  try {
    pip('pip install, with dependencies', wheel);
  } catch (error) {
    if (!/No matching distribution found for aws-cdk-lib/.test(error.message)) throw error;
    console.log('NOT AS DECLARED: the package index lacks the aws-cdk-lib that the library asks for; the newest that it has is taken');
    pip('pip install aws-cdk-lib', 'aws-cdk-lib<3');
    pip('pip install of the wheel alone', '--no-deps', wheel);
  }
}

function buildPython() {
  if (!present('python3', '-m', 'venv', join(room, 'venv'))) throw new Skipped('python3 with venv is missing');
  run('wheel', pacmak, ['--target', 'python', '--outdir', join(room, 'dist')]);
  const wheel = readdirSync(join(room, 'dist', 'python')).find((name) => name.endsWith('.whl'));
  installPython(join(room, 'dist', 'python', wheel));
  copyFileSync('test/consumer/app.py', join(room, 'app.py'));
  const out = join(room, 'cdk.out');
  run('python app.py', python, [join(room, 'app.py')], { CDK_OUTDIR: out, CDK_VALIDATION: 'false' });
  requireHandlers(out);
}

/** Builds one language whose toolchain is asked for. */
function buildWith(language, ...tools) {
  const missing = tools.filter((tool) => !present(tool, tool === 'go' ? 'version' : '--version'));
  if (missing.length > 0) throw new Skipped(`${missing.join(' and ')} missing`);
  try {
    run(`package for ${language}`, pacmak, ['--target', language, '--outdir', join(room, 'dist')]);
  } catch (error) {
    // The registries of the languages do not all carry each release.
    const absent = /No versions available for \S+|Could not find artifact \S+|\S+ This module version is not available/.exec(error.message);
    throw absent ? new Skipped(absent[0]) : error;
  }
}

const skipped = [];
function attempt(language, build) {
  try {
    build();
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    skipped.push(`SKIPPED: ${language} was generated and NOT built: ${error.message}`);
  }
}

try {
  ['python', 'java', 'dotnet', 'go'].forEach(generate);
  attempt('Python', buildPython);
  attempt('Java', () => buildWith('java', 'java', 'mvn'));
  attempt('.NET', () => buildWith('dotnet', 'dotnet'));
  attempt('Go', () => buildWith('go', 'go'));
  skipped.forEach((line) => console.log(line));
} finally {
  rmSync(room, { recursive: true, force: true });
}
