import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { World } from './world';

/** How a script ended on the simulated Windows. */
export interface Ended {
  readonly exitCode: number;
  /** Message of the error that ended it. */
  readonly failure: string | null;
  readonly output: string[];
  /** Of the simulated clock. */
  readonly seconds: number;
  /** Programs that it started. */
  readonly started: { readonly file: string; readonly arguments: string }[];
  /** What it did to Windows, a line each. */
  readonly log: string[];
}

/** How a PowerShell ended that something else has started. */
export interface Shell {
  readonly exitCode: number;
  readonly lines: { readonly stream: 'output' | 'error' | 'warning' | 'verbose' | 'host'; readonly text: string }[];
}

/** A script may take as long: it is no measure of speed, but the end of one that loops without sleeping. */
const LONGEST = 120_000;

/** One process of PowerShell with one simulated Windows, which answers one request after the other. */
export class PowerShell {
  public readonly room = mkdtempSync(join(tmpdir(), 'golden-images-powershell-'));
  /** Where drive C: lies. */
  public readonly drive = join(this.room, 'C');
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  private errors = '';

  public constructor(program: string) {
    const server = join(__dirname, 'server.ps1');
    this.process = spawn(program, ['-NoProfile', '-NonInteractive', '-File', server, '-Room', this.room]);
    this.process.stderr.on('data', (data) => { this.errors += String(data); });
    createInterface(this.process.stdout).on('line', (line) => this.waiting.shift()?.resolve(line));
    this.process.on('exit', () => this.waiting.forEach(({ reject }) => reject(new Error(`pwsh has ended: ${this.errors}`))));
    mkdirSync(join(this.room, 'scripts'));
  }

  /** A new Windows. */
  public async reset(world: World = {}): Promise<void> {
    await this.ask({ op: 'reset', world });
  }

  public async restart(): Promise<void> {
    await this.ask({ op: 'restart' });
  }

  /** Runs a script as SYSTEM would. */
  public async run(text: string): Promise<Ended> {
    const path = join(this.room, 'scripts', 'script.ps1');
    writeFileSync(path, text);
    return await this.ask({ op: 'run', path }) as unknown as Ended;
  }

  /** Runs a command line in a PowerShell of its own, which has the drives but no simulated Windows. */
  public async shell(text: string): Promise<Shell> {
    return await this.ask({ op: 'shell', text }) as unknown as Shell;
  }

  public async setRegistry(key: string, name: string, value: unknown): Promise<void> {
    await this.ask({ op: 'registry', key, name, value });
  }

  /** A part of the machine as it is now: `Accounts`, `Audit`, `Services`, … */
  public async state(name: string): Promise<any> {
    return (await this.ask({ op: 'state', name })).state;
  }

  /** Values of expressions. */
  public async evaluate(expressions: string[]): Promise<unknown[]> {
    return (await this.ask({ op: 'evaluate', expressions })).values as unknown[];
  }

  /** Faults of the scripts in a folder, by their names; `cited` are commands beyond those of Windows PowerShell 5.1. */
  public async examine(folder: string, cited: object): Promise<Record<string, string[]>> {
    return (await this.ask({ op: 'static', folder, cited })).faults as Record<string, string[]>;
  }

  public close(): void {
    this.process.stdin.end();
    this.process.kill();
    rmSync(this.room, { recursive: true, force: true, maxRetries: 3 });
  }

  private async ask(request: object): Promise<Record<string, unknown>> {
    const line = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => this.process.kill('SIGKILL'), LONGEST);
      const done = <T>(settle: (value: T) => void) => (value: T): void => { clearTimeout(timer); settle(value); };
      this.waiting.push({ resolve: done(resolve), reject: done(reject) });
      this.process.stdin.write(`${JSON.stringify(request)}\n`);
    });
    const answer = JSON.parse(line) as Record<string, unknown>;
    if (answer.crash !== undefined) throw new Error(String(answer.crash));
    return answer;
  }
}
