import type { Mapping } from '../../../../src/component/document';
import type { Answer, StepReference } from '../interpreter';

/** Tells a run while it happens: every line begins with its step. */
export class Narrator {
  constructor(private readonly write: (line: string) => void) {}

  begins(at: StepReference): void {
    const turn = at.iteration ? `, turn ${at.iteration.index + 1} of ${at.iteration.count} (${at.iteration.value})` : '';
    const attempt = at.maxAttempts > 1 ? `, attempt ${at.attempt} of ${at.maxAttempts}` : '';
    this.line(at, `${at.action}${turn}${attempt}${at.reboots > 0 ? ', again after a reboot' : ''}`);
  }

  decided(at: StepReference, comparison: Mapping, holds: boolean | undefined): void {
    this.line(at, `if ${JSON.stringify(comparison)}: ${holds ?? 'known only on the machine'}`);
  }

  prints(at: StepReference, text: string): void {
    if (at.quiet) return;
    text.replace(/\n$/, '').split('\n').forEach((line) => this.line(at, `| ${line}`));
  }

  ends(at: StepReference, answer: Answer): void {
    if (answer.type === 'failed') this.line(at, `failed: ${answer.message}`);
    if (answer.type === 'timed-out') this.line(at, 'timed out');
  }

  reboots(at: StepReference | undefined, again: boolean): void {
    const then = at ? `${again ? 'the same step' : 'the next step'} goes on` : 'that was the last step';
    this.write(`-- reboot; ${then}`);
  }

  note(at: StepReference, text: string): void {
    this.line(at, text);
  }

  private line(at: StepReference, text: string): void {
    this.write(`${'  '.repeat(at.depth)}${at.phase}.${at.step}: ${text}`);
  }
}
