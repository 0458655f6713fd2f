// Holds the local AWS and moto to the same calls: test/differential. Needs Python 3 and PyPI; says so and does nothing without.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { localAwsBundle } from './local-aws-bundle.mjs';

const REQUIREMENTS = resolve('test/differential/requirements.txt');
const room = resolve('.tmp/differential');
const venv = `${room}/venv`;

function skip(reason) {
  console.log(`SKIPPED: the local AWS was NOT compared with moto: ${reason}`);
  process.exit(0);
}

/** A virtual environment with what requirements.txt pins; kept for the next time. */
function install() {
  const pinned = readFileSync(REQUIREMENTS, 'utf8').trim();
  const present = () => spawnSync(`${venv}/bin/python`, ['-c', 'from importlib.metadata import version; print(version("moto"))'], { encoding: 'utf8' });
  if (existsSync(venv) && present().stdout?.trim() === pinned.split('==')[1]) return;
  if (spawnSync(process.env.PYTHON ?? 'python3', ['-m', 'venv', venv]).status !== 0) skip('python3 with venv is missing');
  const { status, stderr } = spawnSync(`${venv}/bin/pip`, ['install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS], { encoding: 'utf8' });
  if (status !== 0) skip(`moto cannot be installed: ${stderr.trim().split('\n').at(-1)}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address();
  await new Promise((done) => { server.close(done); });
  return port;
}

async function startMoto() {
  const port = await freePort();
  const log = openSync(`${room}/moto.log`, 'w');
  const child = spawn(`${venv}/bin/moto_server`, ['-H', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', log, log] });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 120; tries += 1) {
    if (child.exitCode !== null) throw new Error(`moto ended: see ${room}/moto.log`);
    if (await fetch(`${endpoint}/moto-api/data.json`).then(({ ok }) => ok, () => false)) return { child, endpoint };
    await new Promise((done) => { setTimeout(done, 250); });
  }
  child.kill();
  throw new Error(`moto does not answer: see ${room}/moto.log`);
}

mkdirSync(room, { recursive: true });
install();
const outfile = `${room}/main.cjs`;
await build({ ...localAwsBundle, entryPoints: ['test/differential/main.ts'], outfile, format: 'cjs' });
const { child, endpoint } = await startMoto();
try {
  const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, MOTO_ENDPOINT: endpoint } });
  process.exitCode = status ?? 1;
} finally {
  child.kill();
}
