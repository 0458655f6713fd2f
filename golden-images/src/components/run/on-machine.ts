import { nested, type Documents } from './nested';
import type { Performer } from './performer';
import { modules } from '../../../../src/component/document';
import { evaluate } from '../condition';
import type { Answer, Instruction } from '../interpreter';
import { pathsOf, Refused, MachineLost, type Machine, type TaskEnd } from '../machine';
import { actions, probeOf, StepFailure, type Bench, type Outcome } from '../modules';
import type { Narrator } from './narrator';

type Run = Extract<Instruction, { type: 'run' }>;

/** Carries a document out on a machine. */
export class OnMachine implements Performer {
  constructor(private readonly machine: Machine, private readonly narrator: Narrator, private readonly documents: Documents) {}

  async decide({ at, comparison }: Extract<Instruction, { type: 'decide' }>): Promise<Answer> {
    const holds = evaluate(comparison, probeOf(this.machine)) === true;
    this.narrator.decided(at, comparison, holds);
    return { type: 'decided', holds };
  }

  async run(instruction: Run): Promise<Answer> {
    const { at, unresolved, seconds } = instruction;
    this.narrator.begins(at);
    const began = this.machine.now();
    const { outcome, printed } = unresolved.length > 0
      ? { outcome: unknownReference(unresolved), printed: undefined }
      : await this.outcome(instruction);
    const spent = this.machine.now() - began;
    if (outcome.type === 'document') return nested(instruction, outcome, this.documents, spent);
    const common = { seconds: spent, inputs: instruction.inputs, ...printed && !at.quiet ? { printed } : {}, ...'exitCode' in outcome && outcome.exitCode !== undefined ? { exitCode: outcome.exitCode } : {} };
    // Whatever came too late came too late.
    const answer: Answer = outcome.type === 'timed-out' || spent > seconds
      ? { ...common, type: 'timed-out', seconds: Math.max(spent, seconds) }
      : { ...common, ...outcome };
    this.narrator.ends(at, answer);
    return answer;
  }

  async reboot({ at, delaySeconds, again }: Extract<Instruction, { type: 'reboot' }>): Promise<Answer> {
    this.narrator.reboots(at, again);
    await this.machine.reboot(delaySeconds);
    return { type: 'rebooted' };
  }

  private async outcome({ at, inputs, seconds }: Run): Promise<{ outcome: Outcome; printed?: string }> {
    let printed = '';
    const say = (text: string): void => this.narrator.prints(at, text);
    const bench: Bench = {
      machine: this.machine,
      paths: pathsOf(this.machine.system),
      say,
      run: async (task): Promise<TaskEnd> => {
        const end = await this.machine.run(task, { at, inputs, seconds, say });
        printed = end.stdout;
        return end;
      },
    };
    try {
      refuseForeign(at.action, this.machine);
      return { outcome: await actions[at.action]!(inputs, bench), printed };
    } catch (error) {
      if (error instanceof MachineLost) throw error;
      return { outcome: { type: 'failed', message: messageOf(error) }, printed };
    }
  }
}

/** A module of the other system. */
function refuseForeign(action: string, { system }: Machine): void {
  const platform = modules[action]?.platform;
  if (platform !== undefined && platform !== system) throw new Refused(`${action} runs only on ${platform}`);
}

const unknownReference = (references: readonly string[]): Outcome => ({
  type: 'failed',
  message: references.map((each) => `{{ ${each} }}: ${each.startsWith('aws:') ? 'its value was not given' : 'no step that ran gives it'}`).join('; '),
});

/** Files that are not there, folders that may not be written, …: the step fails, not the runner. */
function messageOf(error: unknown): string {
  const known = error instanceof StepFailure || error instanceof Refused || (error as NodeJS.ErrnoException).code !== undefined;
  if (!known) throw error;
  return (error as Error).message;
}
