import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Step } from '../../../src/component';
import { rendered } from '../support';

/** What a program of the machine answers with. */
export interface Program {
  readonly exitCode?: number;
  readonly stdout?: string;
  /** Bash that runs after the arguments are logged; its exit status is that of the program. */
  readonly script?: string;
}

/** The programs that are really there; everything else is missing or made up. */
const REAL = [
  'bash', 'basename', 'cat', 'chmod', 'cp', 'cut', 'dirname', 'env', 'find', 'grep', 'gzip', 'head', 'id', 'ls', 'mkdir', 'mktemp', 'mv', 'printf',
  'python3', 'rm', 'sed', 'seq', 'sort', 'stat', 'tail', 'tar', 'test', 'touch', 'tr', 'true', 'false', 'unzip', 'wc', 'xz', 'ln', 'sha256sum', 'cmp',
];

const realPaths = new Map<string, string>();
// A version manager's program would look for its settings.
const find = (name: string): string =>
  (name === 'python3' ? 'python3 -c "import sys; print(sys.executable)"' : `command -v ${name}`);
const realPath = (name: string): string => {
  const path = realPaths.get(name) ?? spawnSync('/bin/sh', ['-c', find(name)], { encoding: 'utf8' }).stdout.trim();
  realPaths.set(name, path);
  return path;
};
const BASH = realPath('bash');

// Owners cannot be set by everybody who runs the tests.
const INSTALL = `arguments=()
while [ $# -gt 0 ]; do case "$1" in -o|-g) shift 2 ;; *) arguments+=("$1"); shift ;; esac; done
exec ${realPath('install')} "\${arguments[@]}"`;

/** A machine in a folder: absolute paths of a script lie below it, and its programs are few real ones and fakes that log their arguments. */
export class Machine {
  public readonly root = mkdtempSync(join(tmpdir(), 'machine-'));
  private readonly log = join(this.root, 'log');
  private readonly programs = join(this.root, 'programs');

  public constructor(fakes: Record<string, Program> = {}) {
    mkdirSync(this.programs);
    REAL.forEach((name) => this.write(join('programs', name), `#!/bin/sh\nexec ${realPath(name)} "$@"\n`, 0o755));
    this.fake('install', { script: INSTALL });
    this.fake('sleep', {});
    Object.entries(fakes).forEach(([name, program]) => this.fake(name, program));
  }

  /** A program that logs how it was called, one argument between brackets each. */
  public fake(name: string, { exitCode = 0, stdout = '', script = '' }: Program): void {
    const lines = [
      '#!/bin/bash', `{ printf '%s' '${name}'; [ $# -eq 0 ] || printf ' [%s]' "$@"; printf '\\n'; } >> '${this.log}'`,
      stdout === '' ? '' : `printf '%s' '${stdout}'`, script === '' ? `exit ${exitCode}` : script,
    ];
    this.write(join('programs', name), lines.join('\n'), 0o755);
  }

  public write(path: string, content: string | Buffer, mode = 0o644): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
    chmodSync(join(this.root, path), mode);
  }

  public read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  public has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Runs a script as ExecuteBash does. */
  public run(script: string): { status: number | null; stdout: string; stderr: string; calls: string[] } {
    rmSync(this.log, { force: true });
    const placed = script.replace(/(?<![\w./*-])\/(etc|opt|srv|usr|var|tmp|proc)(?=[/'"\s;)])/g, `${this.root}/$1`);
    const { status, stdout, stderr } = spawnSync(BASH, ['-c', placed], {
      encoding: 'utf8', timeout: 20_000, env: { PATH: this.programs }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const plain = (text: string): string => text.split(this.root).join('');
    return { status, stdout: plain(stdout), stderr: plain(stderr), calls: this.calls };
  }

  public remove(): void {
    rmSync(this.root, { recursive: true });
  }

  private get calls(): string[] {
    const lines = existsSync(this.log) ? readFileSync(this.log, 'utf8').split('\n').slice(0, -1) : [];
    return lines.filter((line) => !line.startsWith('install ')).map((line) => line.split(this.root).join(''));
  }
}

/** The scripts of a step, one for each action that has one. */
export const scriptsOf = (step: Step): string[] =>
  rendered(step).filter(({ action }) => action === 'ExecuteBash').map(({ inputs }) => inputs.commands.join('\n'));

/** A machine for each test, removed after it. */
export function newMachines(): (fakes?: Record<string, Program>) => Machine {
  const machines: Machine[] = [];
  afterEach(() => machines.splice(0).forEach((each) => each.remove()));
  return (fakes) => {
    const machine = new Machine(fakes);
    machines.push(machine);
    return machine;
  };
}
