// Installs both packages as npm would deliver them into an app outside of this repository, and uses them: test/consumer.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { requireHandlers } from './assembly.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const room = mkdtempSync(join(realpathSync(tmpdir()), 'golden-images-consumer-'));
const local = (name) => join(room, 'node_modules', '.bin', name);

function run(title, command, args, options = {}) {
  console.log(`- ${title}`);
  return execFileSync(command, args, { cwd: room, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });
}

/** The tarball of a package, in the room. */
function pack(folder) {
  const [packed] = JSON.parse(run(`npm pack ${folder}`, 'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', room], { cwd: resolve(folder) }));
  console.log(`  ${packed.filename}: ${packed.entryCount} files, ${(packed.size / 1024).toFixed(0)} KiB packed, ${(packed.unpackedSize / 1024).toFixed(0)} KiB`);
  return `file:${packed.filename}`;
}

function install() {
  const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
  const versions = (...names) => Object.fromEntries(names.map((name) => [name, versionOf(name)]));
  writeFileSync(join(room, 'package.json'), JSON.stringify({
    name: 'consumer',
    private: true,
    dependencies: { [manifest.name]: pack('.'), ...versions('aws-cdk-lib', 'constructs') },
    devDependencies: { 'golden-images': pack('golden-images'), ...versions('aws-cdk', 'typescript', '@types/node') },
  }));
  run('npm install', 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']);
}

/** Synthesizes; in the assembly must be the code of these functions. */
function synth(file, handlers) {
  const out = join(room, `out-${file}`);
  run(`node ${file}`, process.execPath, [file], { env: { ...process.env, CDK_OUTDIR: out, CDK_VALIDATION: 'false' } });
  requireHandlers(out, handlers);
}

function expect(output, pattern) {
  if (!pattern.test(output)) throw new Error(`expected ${pattern}:\n${output}`);
}

try {
  install();
  ['app.ts', 'app.mjs'].forEach((name) => copyFileSync(`test/consumer/${name}`, join(room, name)));
  run('tsc --strict app.ts', local('tsc'), ['--strict', '--module', 'node16', '--target', 'es2022', '--types', 'node', 'app.ts']);
  synth('app.js');
  synth('app.mjs', ['controller', 'registry', 'seed']);
  expect(run('golden-images --version', local('golden-images'), ['--version']), /^\d+\.\d+\.\d+\s*$/);
  expect(run('golden-images help', local('golden-images'), ['help']), /rehearse/);
  const days = '8';
  expect(run(`golden-images rehearse --days ${days}`, local('golden-images'), ['rehearse', '--app', 'node app.js', '--days', days]), /committed/);
  console.log('Both packages work where they are installed.');
} finally {
  rmSync(room, { recursive: true, force: true });
}
