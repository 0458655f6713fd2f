import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PowerShell } from './pwsh';
import type { World } from './world';
import type { Task, TaskEnd, Visit } from '../../golden-images/src/components/machine';
import { DocumentMissing, Narrator, OnMachine, runDocument, type Report } from '../../golden-images/src/components/run';
import { SimulatedMachine } from '../../golden-images/src/components/simulator/simulated-machine';
import { readDocument } from '../../src/component/document';
import { Platform } from '../../src/image';
import { withChecksums } from '../component/windows/machine';

/** What a run came to. */
export interface DocumentRun extends Report {
  /** Lines as `component run` prints them. */
  readonly lines: string[];
  /** What happened to Windows, a line each. */
  readonly log: string[];
  readonly files: readonly string[];
}

/** A machine whose scripts a real PowerShell runs; all other actions are those of the simulator of `component run`. */
class WindowsMachine extends SimulatedMachine {
  public readonly log: string[] = [];
  private folders: string[] = [];

  public constructor(private readonly powershell: PowerShell, files: Record<string, string>, private readonly contents: Record<string, string>) {
    super('Windows', { files });
  }

  public override async run(task: Task, visit: Visit): Promise<TaskEnd> {
    if (task.kind === 'registry') await this.powershell.setRegistry(task.path, task.name, task.value);
    if (task.kind !== 'script') return super.run(task, visit);
    this.lay();
    const { exitCode, output, failure, log } = await this.powershell.run(task.text);
    this.take();
    this.log.push(...log);
    const stdout = [...output, ...failure === null ? [] : [failure]].join('\n');
    if (stdout !== '') visit.say(stdout);
    return { exitCode, stdout };
  }

  public override async reboot(delaySeconds: number): Promise<void> {
    await super.reboot(delaySeconds);
    await this.powershell.restart();
    this.log.push('restart');
  }

  /** Gives the simulator the files of the drive. */
  public take(): void {
    const found = this.onDisk();
    const paths = new Set(found.map(({ path }) => path));
    const gone = [...this.files.all(), ...this.folders].filter((path) => !paths.has(path));
    gone.forEach((path) => this.files.remove(path));
    this.folders = found.filter(({ folder }) => folder).map(({ path }) => path);
    this.folders.forEach((path) => this.files.makeFolder(path));
    found.filter(({ path, folder }) => !folder && this.contents[path] === undefined)
      .forEach(({ path, host }) => this.files.write(path, readFileSync(host)));
  }

  /** Gives the drive of PowerShell the files of the simulator. */
  private lay(): void {
    this.onDisk().filter(({ path }) => this.files.kind(path) === undefined)
      .forEach(({ host }) => rmSync(host, { recursive: true, force: true }));
    for (const path of this.files.all()) {
      const host = this.host(path);
      if (existsSync(host)) continue;
      mkdirSync(dirname(host), { recursive: true });
      writeFileSync(host, this.contents[path] ?? this.files.read(path));
    }
  }

  private onDisk(): { readonly path: string; readonly host: string; readonly folder: boolean }[] {
    return readdirSync(this.powershell.drive, { recursive: true, withFileTypes: true }).map((entry) => {
      const host = join(entry.parentPath, entry.name);
      return { host, path: `C:${host.slice(this.powershell.drive.length).replace(/\//g, '\\')}`, folder: entry.isDirectory() };
    });
  }

  private readonly host = (path: string): string => join(this.powershell.drive, path.slice(2).replace(/\\/g, '/'));
}

/** Runs a whole document on a new Windows. `contents` are files that would be downloaded, by their path. */
export async function runDocumentOn(
  powershell: PowerShell, world: World, document: string, phases: string[] = ['build'], contents: Record<string, string> = {},
): Promise<DocumentRun> {
  await powershell.reset(world);
  const machine = new WindowsMachine(powershell, world.Files ?? {}, contents);
  machine.take();
  const lines: string[] = [];
  const narrator = new Narrator((line) => lines.push(line));
  const read = (): never => { throw new DocumentMissing('there is no such document'); };
  const performer = new OnMachine(machine, narrator, { platform: Platform.WINDOWS, read });
  const report = await runDocument(readDocument(withChecksums(document)), { phases, limits: { reboots: 50, runs: 10_000 } }, performer);
  return { ...report, lines, log: machine.log, files: machine.files.all() };
}
