// Holds the local AWS and moto to the same calls: test/differential. Needs Python 3 and PyPI; says so and does nothing without.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { localAwsBundle } from './local-aws-bundle.mjs';
import { Missing, virtualEnvironment } from './virtual-environment.mjs';

const REQUIREMENTS = resolve('test/differential/requirements.txt');
const room = resolve('.tmp/differential');

function skip(reason) {
  console.log(`SKIPPED: the local AWS was NOT compared with moto: ${reason}`);
  process.exit(0);
}

/** A virtual environment with what requirements.txt pins. */
function install() {
  try {
    return virtualEnvironment(room, REQUIREMENTS);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    return skip(error.message);
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address();
  await new Promise((done) => { server.close(done); });
  return port;
}

async function startMoto(venv) {
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
const venv = install();
const outfile = `${room}/main.cjs`;
await build({ ...localAwsBundle, entryPoints: ['test/differential/main.ts'], outfile, format: 'cjs' });
const { child, endpoint } = await startMoto(venv);
try {
  const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, MOTO_ENDPOINT: endpoint } });
  process.exitCode = status ?? 1;
} finally {
  child.kill();
}
