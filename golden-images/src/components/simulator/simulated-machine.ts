import { MemoryFiles } from './memory-files';
import type { Happening, Script } from './script';
import { isMapping } from '../../../../src/component/document';
import { MachineLost, type Machine, type System, type Task, type TaskEnd, type Visit } from '../machine';

/** A machine on which a script says what happens. Its time is virtual. */
export class SimulatedMachine implements Machine {
  readonly files: MemoryFiles;
  /** Values that SetRegistry wrote, by key and name. */
  readonly registry: Record<string, unknown> = {};
  private clock = 0;
  private reboots = 0;
  private readonly times = new Map<string, number>();

  constructor(readonly system: System, private readonly script: Script) {
    this.files = new MemoryFiles(system, script.binaries ?? []);
    (script.folders ?? []).forEach((path) => this.files.makeFolder(path));
    this.create(script.files ?? {});
  }

  now(): number {
    return this.clock;
  }

  async run(task: Task, visit: Visit): Promise<TaskEnd> {
    const { exitCode = 0, stdout = '', seconds = 1, ...happening } = this.script.happens?.(this.turn(task, visit)) ?? {};
    this.clock += Math.min(seconds, visit.seconds);
    if (seconds > visit.seconds) return { exitCode: 137, stdout, timedOut: true };
    if (stdout !== '') visit.say(stdout);
    this.create(happening.creates ?? {});
    (happening.deletes ?? []).forEach((path) => this.files.remove(path));
    if (happening.restarts) throw new MachineLost('the machine restarted under it');
    if (exitCode === 0) this.leaveBehind(task, visit, happening);
    return { exitCode, stdout: task.kind === 's3-list' ? this.listed(task, stdout) : stdout };
  }

  async reboot(delaySeconds: number): Promise<void> {
    this.reboots += 1;
    this.clock += delaySeconds;
  }

  private turn(task: Task, { at, inputs }: Visit): Parameters<NonNullable<Script['happens']>>[0] {
    const name = `${at.depth} ${at.phase}.${at.step}`;
    const time = (this.times.get(name) ?? 0) + 1;
    this.times.set(name, time);
    const { phase, step, action, attempt, iteration } = at;
    return { phase, step, action, inputs, task, attempt, iteration: iteration?.index ?? 0, time, reboots: this.reboots, hasFile: (path) => this.files.kind(path) === 'file' };
  }

  private create(files: Readonly<Record<string, string>>): void {
    Object.entries(files).forEach(([path, content]) => this.files.write(path, Buffer.from(content)));
  }

  /** What a task does by its nature. */
  private leaveBehind(task: Task, { inputs }: Visit, { corrupt }: Happening): void {
    if (task.kind === 'registry') this.registry[`${task.path}\\${task.name}`] = task.value;
    if (task.kind === 's3-download') this.files.write(task.destination, Buffer.from(`s3://${task.bucket}/${task.key}`));
    if (task.kind !== 'web-download') return;
    const wanted = (inputs as unknown[]).find((each) => isMapping(each) && each.source === task.url && each.checksum !== undefined);
    if (isMapping(wanted) && !corrupt) this.files.writeKnownBy(task.destination, String(wanted.checksum));
    else this.files.write(task.destination, Buffer.from(task.url));
  }

  /** Some object, where the script names none. */
  private listed({ prefix }: Extract<Task, { kind: 's3-list' }>, stdout: string): string {
    return stdout === '' ? `${prefix}object` : stdout;
  }
}
