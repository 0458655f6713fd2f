// Python with the one package that a requirements file pins, kept for the next time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';

/** Where Python is missing or the package cannot be installed. */
export class Missing extends Error {}

/** The folder of a virtual environment with what `requirements` pins (`name==version`). Throws `Missing`. */
export function virtualEnvironment(room, requirements) {
  const venv = `${room}/venv`;
  const [name, version] = readFileSync(requirements, 'utf8').trim().split('==');
  const present = spawnSync(`${venv}/bin/python`, ['-c', `from importlib.metadata import version; print(version("${name.replace(/\[.*/, '')}"))`], { encoding: 'utf8' });
  if (existsSync(venv) && present.stdout?.trim() === version) return venv;
  mkdirSync(room, { recursive: true });
  if (spawnSync(process.env.PYTHON ?? 'python3', ['-m', 'venv', venv]).status !== 0) throw new Missing('python3 with venv is missing');
  const { status, stderr } = spawnSync(`${venv}/bin/pip`, ['install', '--quiet', '--disable-pip-version-check', '-r', requirements], { encoding: 'utf8' });
  if (status !== 0) throw new Missing(`${name} cannot be installed: ${stderr.trim().split('\n').at(-1)}`);
  return venv;
}
