import type { Surroundings } from './command';
import type { Audience } from '../rehearsal/rehearsal';
import { formatLine } from '../report/narrator';

/** Prints a rehearsal while it happens. On a terminal the last line always says which day it is. */
export class Progress implements Audience {
  private status = '';

  public constructor(private readonly surroundings: Surroundings) {}

  public line(line: Parameters<Audience['line']>[0]): void {
    this.print(formatLine(line));
  }

  public check({ what, holds, seen }: Parameters<Audience['check']>[0]): void {
    this.print(`${' '.repeat(19)}  ${holds ? '✔' : '✘'} ${what} (${seen})`);
  }

  public day(day: number, days: number): void {
    if (!this.surroundings.terminal) return this.surroundings.out(`── day ${day} of ${days}`);
    this.clear();
    this.status = `── day ${day} of ${days} ${'█'.repeat(Math.round((20 * day) / days)).padEnd(20, '░')}`;
    this.surroundings.write(this.status);
  }

  /** Removes the line that says which day it is. */
  public end(): void {
    this.clear();
    this.status = '';
  }

  private print(text: string): void {
    this.clear();
    this.surroundings.out(text);
    if (this.status) this.surroundings.write(this.status);
  }

  private clear(): void {
    if (this.status) this.surroundings.write('\r\u001b[2K');
  }
}
