import { copyFileSync } from 'node:fs';
import { Namespace } from './namespace';
import { runProcess } from './process';
import { requireRoot } from './require';
import { RootFiles } from './root-files';
import { LinuxMachine, proxies, SCRIPT, type LinuxMachineProps } from '../linux';
import { MachineLost, type TaskEnd, type Visit } from '../machine';

export interface ChrootProps extends LinuxMachineProps {
  /** Folder that holds the root file system of a Linux. */
  readonly root: string;
}

/** A root file system in namespaces of its own. A reboot ends all processes and keeps files, but those in /tmp and /run. */
export class Chroot extends LinuxMachine {
  static async open(props: ChrootProps): Promise<Chroot> {
    const root = requireRoot(props.root);
    const all = { ...props, root };
    return new Chroot(await Namespace.open(all), all);
  }

  readonly files = new RootFiles(() => this.namespace.files);

  private constructor(private namespace: Namespace, private readonly props: ChrootProps) {
    super(props);
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

  protected execute(program: string, args: readonly string[], { seconds, say }: Visit): Promise<TaskEnd> {
    return runProcess({ command: this.namespace.enter(program, args), seconds, say, environment: this.props.hostNetwork ? proxies() : {} });
  }

  protected async script(shell: 'bash' | 'sh', text: string, visit: Visit): Promise<TaskEnd> {
    const program = this.require(shell);
    this.files.write(SCRIPT, Buffer.from(`${text}\n`));
    const end = await this.execute(program, [SCRIPT], visit);
    if (!this.closed && this.files.kind(SCRIPT) === 'file') this.files.remove(SCRIPT);
    return end;
  }

  protected place(file: string, path: string): void {
    copyFileSync(file, this.files.at(path));
  }

  protected fetch(path: string, file: string): void {
    copyFileSync(this.files.at(path), file);
  }

  protected download(into: (file: string) => Promise<TaskEnd>, path: string): Promise<TaskEnd> {
    return into(this.files.at(path));
  }
}
