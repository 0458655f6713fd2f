import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from './arguments';
import { copyDisk } from './disk';
import { Guest } from './guest';
import { GuestFiles } from './guest-files';
import { bringUp, guestProxies } from './network';
import { canUseKvm } from './require';
import { ask, talk } from './talk';
import { bashQuoted } from '../../../../src/component/step/quoting';
import { LinuxMachine, programEnvironment, SCRIPT, type LinuxMachineProps } from '../linux';
import { MachineLost, type TaskEnd, type Visit } from '../machine';

export interface QemuMachineProps extends LinuxMachineProps {
  /** Disk with one file system of ext4, the root. */
  readonly disk: string;
  /** Whether a copy is booted, which goes with the machine; otherwise the disk is changed in place. */
  readonly copy: boolean;
  /** File that gets what the guest writes to its console. */
  readonly console?: string;
}

/**
 * A disk that boots, under qemu: with a kernel of its own, systemd and all that an instance starts. A reboot is one: the system stops and
 * starts again from what is on the disk. Each object is another instance, with names of its own.
 */
export class QemuMachine extends LinuxMachine {
  readonly files = new GuestFiles((script, input) => ask(this.guest!.session, script, input));
  /** How long the last boot took. */
  bootSeconds = 0;
  private guest?: Guest;
  private readonly folder = mkdtempSync(join(tmpdir(), 'golden-images-qemu-'));
  private readonly identity: Identity = { uuid: randomUUID(), mac: `52:54:00:${randomBytes(3).toString('hex').replace(/..(?=.)/g, '$&:')}` };

  private readonly disk: string;

  constructor(private readonly props: QemuMachineProps) {
    super(props);
    this.disk = props.copy ? join(this.folder, 'disk') : props.disk;
  }

  /** Comes back when the system is up. */
  async start(): Promise<void> {
    if (this.props.copy) copyDisk(this.props.disk, this.disk);
    await this.boot();
  }

  async reboot(): Promise<void> {
    await this.guest!.leave('reboot');
    if (this.closed) throw new MachineLost('interrupted');
    await this.boot();
  }

  /** Stops the system as a shutdown of an instance does; then the disk holds what an image of it would. */
  async shutDown(): Promise<void> {
    await this.guest!.leave('poweroff');
    await this.close();
  }

  /** Pulls the plug. */
  async close(): Promise<void> {
    this.closed = true;
    await this.guest?.kill('interrupted');
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected execute(program: string, args: readonly string[], visit: Visit): Promise<TaskEnd> {
    return talk(this.guest!.session, { script: `exec ${this.command(program, ...args)} < /dev/null` }, visit, () => this.now());
  }

  /** One request for it all: each costs much under emulation. */
  protected script(shell: 'bash' | 'sh', text: string, visit: Visit): Promise<TaskEnd> {
    const script = `cat > ${SCRIPT}\n${this.command(shell, SCRIPT)} < /dev/null\ncode=$?\nrm -f ${SCRIPT}\nexit $code`;
    return talk(this.guest!.session, { script, input: Buffer.from(`${text}\n`) }, visit, () => this.now());
  }

  protected place(file: string, path: string): void {
    this.files.write(path, readFileSync(file));
  }

  protected fetch(path: string, file: string): void {
    writeFileSync(file, this.files.read(path));
  }

  protected async download(into: (file: string) => Promise<TaskEnd>, path: string): Promise<TaskEnd> {
    const file = join(this.folder, 'download');
    const end = await into(file);
    if (end.exitCode === 0) this.place(file, path);
    rmSync(file, { force: true });
    return end;
  }

  private command(...words: string[]): string {
    const environment = programEnvironment(this.props.hostNetwork ? guestProxies() : {});
    return ['env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`), ...words].map(bashQuoted).join(' ');
  }

  private async boot(): Promise<void> {
    const { disk, folder, identity, props: { hostNetwork, console } } = this;
    const began = this.now();
    await Guest.boot({ disk, folder, identity, kvm: canUseKvm(), hostNetwork, console }, () => this.now(), (guest) => { this.guest = guest; });
    this.bootSeconds = this.now() - began;
    if (hostNetwork) bringUp((script) => ask(this.guest!.session, script));
  }
}
