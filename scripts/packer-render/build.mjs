// One definition, two tools: has Packer build a rendered template over SSH in a Debian root, starts the result, and has Packer run the rendered
// test phases on it.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packer } from './check.mjs';
import { unpackParent } from '../catalogue/parent.mjs';
import { run, timed } from '../catalogue/run.mjs';

const PORT = 22822;
const machine = resolve('scripts/packer-render/machine.sh');

/** Throws where something does not go as it should; nothing stays behind. */
export function buildAndAsk({ path, template, cache, room }) {
  const work = join(room, 'work');
  const root = join(work, 'root');
  const keys = join(work, 'keys');
  mkdirSync(keys, { recursive: true });
  try {
    run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, 'client')]);
    run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, 'host')]);
    unpackParent(cache, root);
    const values = ['-var', 'ssh_host=127.0.0.1', '-var', `ssh_port=${PORT}`, '-var', 'ssh_username=root', '-var', `ssh_private_key_file=${join(keys, 'client')}`];
    rmSync(join(template, 'plugins.pkr.hcl'));
    rmSync(join(template, 'test/plugins.pkr.hcl'));
    const restart = ['-var', 'reboot_command=bash /run/golden-images/restart', '-var', 'reboot_pause=3s'];
    const built = timed(() => whileRuns({ root, keys }, () => packer(path, template, 'build', '-color=false', ...values, ...restart, '.')));
    console.log(tail(built.result));
    console.log(`- Packer built it over SSH in ${built.seconds.toFixed(0)} s`);
    instance({ path, root, keys, template: join(template, 'test'), values });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A machine to build on: an SSH server in the root, in namespaces of its own, reached on 127.0.0.1 only. */
function whileRuns({ root, keys }, task) {
  const args = ['--mount', '--pid', '--uts', '--ipc', '--fork', '--kill-child', '--propagation', 'private', 'bash', machine, root, keys, String(PORT)];
  const server = spawn('unshare', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    waitForServer();
    return task();
  } finally {
    server.kill('SIGKILL');
  }
}

function waitForServer() {
  const { status } = spawnSync('bash', ['-c', `for try in $(seq 100); do if : 2>/dev/null < /dev/tcp/127.0.0.1/${PORT}; then exit 0; fi; sleep 0.1; done; exit 1`]);
  if (status !== 0) throw new Error('the SSH server in the root does not answer');
}

/** An instance of the result, in a network of its own: nginx is started as its unit says, and Packer runs the test phases over SSH. */
function instance({ path, root, keys, template, values }) {
  mkdirSync(join(root, 'usr/local/sbin'), { recursive: true });
  copyFileSync('test/catalogue/systemctl', join(root, 'usr/local/sbin/systemctl'));
  const script = join(keys, 'instance.sh');
  writeFileSync(script, [
    'set -euo pipefail',
    'ip link set lo up',
    `bash ${machine} ${root} ${keys} ${PORT} nginx &`,
    `for try in $(seq 100); do if : 2>/dev/null < /dev/tcp/127.0.0.1/${PORT}; then break; fi; sleep 0.1; done`,
    `cd ${template}`,
    `CHECKPOINT_DISABLE=1 ${path} build -color=false ${values.join(' ')} .`,
    'echo "HTTP $(curl --silent --output /dev/null --write-out "%{http_code}" http://127.0.0.1/): $(curl --silent http://127.0.0.1/ | head -c 200)"',
  ].join('\n'));
  const { result, seconds } = timed(() => run('unshare', ['--mount', '--pid', '--net', '--uts', '--ipc', '--fork', '--kill-child', '--propagation', 'private', 'bash', script]));
  console.log(tail(result));
  if (!/^HTTP 200: /m.test(result)) throw new Error('nginx does not answer with 200');
  console.log(`- its test phases passed in ${seconds.toFixed(0)} s, and nginx answers with 200`);
}

const tail = (output) => output.trim().split('\n').slice(-6).map((line) => `    ${line}`).join('\n');
