import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { qemuCommand, type GuestProps } from './arguments';
import { Console } from './console';
import { takeKernel } from './disk';
import { Fifos } from './fifos';
import { withAgent } from './initrd';
import { Session } from './session';
import { tool } from './tool';
import { MachineLost } from '../machine';

/** Times in seconds: software emulation on a busy machine takes a minute for what takes a second on an instance. */
const UP_SECONDS = 600;
const DOWN_SECONDS = 300;

/** One boot of a disk, from power on to power off. */
export class Guest {
  /** Comes back when the system is up. */
  static async boot(props: Omit<GuestProps, 'boot'>, now: () => number, begun: (guest: Guest) => void): Promise<Guest> {
    const { initrdContent, ...boot } = takeKernel(props.disk, props.folder);
    writeFileSync(join(props.folder, 'initrd'), withAgent(initrdContent));
    const pipes = Fifos.paths(props.folder);
    pipes.forEach((each) => rmSync(each, { force: true }));
    tool('mkfifo', ['-m', '600', ...pipes]);
    const guest = new Guest({ ...props, boot }, now);
    begun(guest);
    await guest.up();
    return guest;
  }

  readonly session: Session;
  private readonly console: Console;
  private readonly qemu: ChildProcess;
  private readonly fifos: Fifos;
  private readonly gone: Promise<void>;
  private ended?: string;

  private constructor(props: GuestProps, private readonly now: () => number) {
    this.console = new Console(props.console);
    this.fifos = new Fifos(props.folder, () => this.check());
    const [program, ...args] = qemuCommand(props);
    // A group of its own: an interrupt at the terminal is for us to handle.
    this.qemu = spawn(program!, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.session = new Session(this.fifos, now);
    [this.qemu.stdout!, this.qemu.stderr!].forEach((stream) => stream.setEncoding('utf8').on('data', (text: string) => this.write(text)));
    this.gone = new Promise((resolve) => {
      this.qemu.once('error', (error) => resolve(this.note(`qemu could not be started: ${error.message}`)));
      this.qemu.once('close', (code, signal) => resolve(this.note(this.ended ?? `the guest ended (${signal ?? `qemu: ${code}`})`)));
    });
  }

  /** Asks the system to stop, and waits for its end. What it has not written by then is lost. */
  async leave(how: 'poweroff' | 'reboot'): Promise<void> {
    this.session.begin('ask', `systemctl --no-block ${how}`, Buffer.alloc(0), { out: () => undefined, err: () => undefined });
    const end = this.now() + DOWN_SECONDS;
    while (this.alive()) {
      if (this.now() > end) await this.lose(`the guest did not stop within ${DOWN_SECONDS} seconds`);
      this.session.flush();
      await pause(50);
    }
    await this.gone;
    if (this.console.panicked) throw this.lost('the kernel of the guest panicked while it stopped');
  }

  /** Pulls the plug. */
  async kill(reason: string): Promise<void> {
    this.ended ??= reason;
    this.qemu.kill('SIGKILL');
    await this.gone;
  }

  /** What was the last that the guest said. */
  lost(reason: string): MachineLost {
    return new MachineLost(`${reason}; the end of its console:\n${this.console.tail()}`);
  }

  private async up(): Promise<void> {
    const end = this.now() + UP_SECONDS;
    while (!this.session.hello()) {
      if (this.now() > end) await this.lose(`the guest was not up within ${UP_SECONDS} seconds`);
      await pause(50);
    }
  }

  private async lose(reason: string): Promise<never> {
    await this.kill(reason);
    throw this.lost(reason);
  }

  private write(text: string): void {
    this.console.add(text);
    if (this.console.panicked && this.ended === undefined) void this.kill('the kernel of the guest panicked');
  }

  private note(reason: string): void {
    this.ended = reason;
    this.fifos.close();
  }

  /** Files are read and written without going back to the event loop: then only the kernel knows. */
  private check(): void {
    if (!this.alive()) throw this.lost(this.ended ?? 'the guest ended');
  }

  private alive(): boolean {
    if (this.ended !== undefined || this.qemu.pid === undefined) return false;
    try {
      return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${this.qemu.pid}/stat`, 'latin1'));
    } catch {
      return false;
    }
  }
}
