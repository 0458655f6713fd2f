import { appendFileSync } from 'node:fs';

const MOST_LINES = 400;
const PANIC = /Kernel panic - not syncing/;

/** What the guest wrote to its console, of which the end is kept. */
export class Console {
  private readonly lines: string[] = [''];
  panicked = false;

  /** All of it goes into the file, too. */
  constructor(private readonly file?: string) {}

  add(text: string): void {
    if (this.file !== undefined) appendFileSync(this.file, text);
    const [first, ...others] = text.split('\n');
    this.lines.push(`${this.lines.pop()!}${first!}`, ...others);
    this.panicked ||= this.lines.slice(-others.length - 1).some((line) => PANIC.test(line));
    this.lines.splice(0, this.lines.length - MOST_LINES);
  }

  tail(count = 25): string {
    // eslint-disable-next-line no-control-regex
    const plain = this.lines.map((line) => line.replace(/\x1b[[(][0-9;?]*[A-Za-z]|\r/g, ''));
    return plain.filter((line) => line.trim() !== '').slice(-count).map((line) => `  ${line}`).join('\n');
  }
}
