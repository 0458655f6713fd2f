import { Buckets } from './buckets';
import { download } from './download';
import { Namespace } from './namespace';
import { runProcess } from './process';
import { requireRoot } from './require';
import { RootFiles } from './root-files';
import { updateScript, type PackageManager } from './update';
import { MachineLost, Refused, type Machine, type Task, type TaskEnd, type Visit } from '../machine';

export interface ChrootProps {
  /** Folder that holds the root file system of a Linux. */
  readonly root: string;
  readonly hostNetwork: boolean;
  /** Folders that stand for buckets. */
  readonly buckets: Readonly<Record<string, string>>;
}

const SCRIPT = '/tmp/.golden-images-input.sh';

/** A root file system in namespaces of its own. A reboot ends all processes and keeps files, but those in /tmp and /run. */
export class Chroot implements Machine {
  static async open(props: ChrootProps): Promise<Chroot> {
    const root = requireRoot(props.root);
    const all = { ...props, root };
    return new Chroot(await Namespace.open(all), all);
  }

  readonly system = 'Linux';
  readonly files = new RootFiles(() => this.namespace.files);
  readonly buckets: Buckets;
  private closed = false;

  private constructor(private namespace: Namespace, private readonly props: ChrootProps) {
    this.buckets = new Buckets(props.buckets);
  }

  now(): number {
    return performance.now() / 1000;
  }

  async run(task: Task, visit: Visit): Promise<TaskEnd> {
    const end = await this.perform(task, visit);
    if (this.closed) throw new MachineLost('interrupted');
    return end;
  }

  async reboot(): Promise<void> {
    await this.namespace.close();
    if (this.closed) throw new MachineLost('interrupted');
    this.namespace = await Namespace.open(this.props);
    if (this.closed) await this.close();
  }

  /** Ends all processes; mounts vanish with them. */
  async close(): Promise<void> {
    this.closed = true;
    await this.namespace.close();
  }

  private async perform(task: Task, visit: Visit): Promise<TaskEnd> {
    switch (task.kind) {
      case 'script': return this.script(this.require('bash'), task.text, visit);
      case 'program': return this.execute(this.require(task.path), task.args, visit);
      case 'update': return this.script(this.require('sh'), updateScript(this.packageManager(), task.include, task.exclude), visit);
      case 'web-download': return this.download(task, visit);
      case 's3-list': return this.buckets.list(task.bucket, task.prefix);
      case 's3-download': return this.buckets.download(task.bucket, task.key, this.files.at(task.destination));
      case 's3-upload': return this.buckets.upload(task.bucket, task.key, this.files.at(task.source));
      default: throw new Refused(`${visit.at.action} runs only on Windows`);
    }
  }

  private async script(shell: string, text: string, visit: Visit): Promise<TaskEnd> {
    this.files.write(SCRIPT, Buffer.from(`${text}\n`));
    const end = await this.execute(shell, [SCRIPT], visit);
    if (!this.closed && this.files.kind(SCRIPT) === 'file') this.files.remove(SCRIPT);
    return end;
  }

  private execute(program: string, args: readonly string[], { seconds, say }: Visit): Promise<TaskEnd> {
    return runProcess({ command: this.namespace.enter(program, args), seconds, say, environment: this.props.hostNetwork ? proxies() : {} });
  }

  private download(task: Extract<Task, { kind: 'web-download' }>, { seconds }: Visit): Promise<TaskEnd> {
    if (!this.props.hostNetwork) throw new Refused('WebDownload needs the network of this machine: --network host');
    return download({ ...task, file: this.files.at(task.destination), seconds });
  }

  private require(program: string): string {
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

/** How programs reach the network from here. */
const proxies = (): Record<string, string> => Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => /^(https?|ftp|no|all)_proxy$/i.test(entry[0]) && entry[1] !== undefined),
);
