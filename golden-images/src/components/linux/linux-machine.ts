import { Buckets } from './buckets';
import { download } from './download';
import { updateScript, type PackageManager } from './update';
import { MachineLost, Refused, type Files, type Machine, type Task, type TaskEnd, type Visit } from '../machine';

export interface LinuxMachineProps {
  readonly hostNetwork: boolean;
  /** Folders that stand for buckets. */
  readonly buckets: Readonly<Record<string, string>>;
}

/** Files of a Linux that also tell where its programs are. */
export interface LinuxFiles extends Files {
  /** Where a program lies inside the root. */
  program(name: string): string | undefined;
}

/** Where a script lies while it runs. */
export const SCRIPT = '/tmp/.golden-images-input.sh';

/** A Linux in which documents run; how programs start and how files come in and out is up to each kind. */
export abstract class LinuxMachine implements Machine {
  readonly system = 'Linux';
  abstract readonly files: LinuxFiles;
  readonly buckets: Buckets;
  protected closed = false;

  protected constructor(private readonly on: LinuxMachineProps) {
    this.buckets = new Buckets(on.buckets);
  }

  abstract reboot(delaySeconds: number): Promise<void>;
  /** Ends all processes at once. */
  abstract close(): Promise<void>;
  protected abstract execute(program: string, args: readonly string[], visit: Visit): Promise<TaskEnd>;
  protected abstract script(shell: 'bash' | 'sh', text: string, visit: Visit): Promise<TaskEnd>;
  /** Copies a file of this machine into the root. */
  protected abstract place(file: string, path: string): void;
  /** Copies a file of the root to this machine. */
  protected abstract fetch(path: string, file: string): void;
  /** Lets a file of this machine be written that is, or becomes, the one of the root. */
  protected abstract download(into: (file: string) => Promise<TaskEnd>, path: string): Promise<TaskEnd>;

  now(): number {
    return performance.now() / 1000;
  }

  async run(task: Task, visit: Visit): Promise<TaskEnd> {
    const end = await this.perform(task, visit);
    if (this.closed) throw new MachineLost('interrupted');
    return end;
  }

  private async perform(task: Task, visit: Visit): Promise<TaskEnd> {
    switch (task.kind) {
      case 'script': return this.script('bash', task.text, visit);
      case 'program': return this.execute(this.require(task.path), task.args, visit);
      case 'update': return this.script('sh', updateScript(this.packageManager(), task.include, task.exclude), visit);
      case 'web-download': return this.fromWeb(task, visit);
      case 's3-list': return this.buckets.list(task.bucket, task.prefix);
      case 's3-download': return this.buckets.download(task.bucket, task.key, (file) => this.place(file, task.destination));
      case 's3-upload': return this.buckets.upload(task.bucket, task.key, (file) => this.fetch(task.source, file));
      default: throw new Refused(`${visit.at.action} runs only on Windows`);
    }
  }

  private fromWeb(task: Extract<Task, { kind: 'web-download' }>, { seconds }: Visit): Promise<TaskEnd> {
    if (!this.on.hostNetwork) throw new Refused('WebDownload needs the network of this machine: --network host');
    return this.download((file) => download({ ...task, file, seconds }), task.destination);
  }

  protected require(program: string): string {
    const found = this.files.program(program);
    if (found === undefined) throw new Refused(`the root has no program ${program}`);
    return found;
  }

  private packageManager(): PackageManager {
    const found = (['dnf', 'yum', 'apt-get'] as const).find((each) => this.files.binary(each));
    if (found === undefined) throw new Refused('the root has none of dnf, yum, apt-get');
    return found;
  }
}
