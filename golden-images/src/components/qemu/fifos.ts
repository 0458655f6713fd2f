import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PORTS } from './agent';
import type { Port, Transport } from './session';

const CHUNK = Buffer.alloc(256 * 1024);

/** Named pipes between us and qemu: what its `-chardev pipe` opens as NAME.in and NAME.out. Files can be read while nothing else goes on. */
export class Fifos implements Transport {
  static paths(folder: string): string[] {
    return Object.values(PORTS).flatMap((name) => [`${join(folder, name)}.in`, `${join(folder, name)}.out`]);
  }

  private readonly from: Record<Port, number>;
  private readonly to: number;
  private closed = false;

  /** `check` throws when the guest is gone. */
  constructor(folder: string, private readonly check: () => void) {
    // Open for both, so that it never waits for the other side.
    const open = (path: string): number => openSync(join(folder, path), constants.O_RDWR + constants.O_NONBLOCK);
    this.from = { control: open(`${PORTS.control}.out`), out: open(`${PORTS.out}.out`), err: open(`${PORTS.err}.out`) };
    this.to = open(`${PORTS.control}.in`);
  }

  read(port: Port): Buffer {
    if (this.closed) this.check();
    const parts: Buffer[] = [];
    for (let length = this.some(port); length > 0; length = this.some(port)) parts.push(Buffer.from(CHUNK.subarray(0, length)));
    if (parts.length === 0) this.check();
    return Buffer.concat(parts);
  }

  write(bytes: Buffer): number {
    if (this.closed) this.check();
    let sent = 0;
    while (sent < bytes.length) {
      const count = unlessItWaits(() => writeSync(this.to, bytes, sent, Math.min(bytes.length - sent, 4096)));
      if (count === 0) break;
      sent += count;
    }
    return sent;
  }

  close(): void {
    this.closed = true;
    [...Object.values(this.from), this.to].forEach((each) => closeSync(each));
  }

  private some(port: Port): number {
    return unlessItWaits(() => readSync(this.from[port], CHUNK));
  }
}

function unlessItWaits(work: () => number): number {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
