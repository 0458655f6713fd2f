import { stringify } from 'yaml';
import type { Narrator } from './narrator';
import type { Performer } from './performer';
import type { Mapping } from '../../../../src/component/document';
import { modules } from '../../../../src/component/document';
import { evaluate, type Probe } from '../condition';
import type { Answer, Instruction, Outputs } from '../interpreter';

/** Of a machine that is not there nothing is known. */
const unknown: Probe = { file: () => undefined, folder: () => undefined, binary: () => undefined, hash: () => null };

/** Says what would be done, and does nothing. */
export class DryRun implements Performer {
  constructor(private readonly narrator: Narrator) {}

  /** What is known only on the machine is taken for the way in which the step runs. */
  async decide({ at, comparison }: Extract<Instruction, { type: 'decide' }>): Promise<Answer> {
    const holds = evaluate(comparison, unknown);
    this.narrator.decided(at, comparison, holds);
    return { type: 'decided', holds: holds ?? true };
  }

  async run({ at, inputs, unresolved }: Extract<Instruction, { type: 'run' }>): Promise<Answer> {
    this.narrator.begins(at);
    describe(inputs).forEach((line) => this.narrator.note(at, `  ${line}`));
    unresolved.forEach((reference) => this.narrator.note(at, `  {{ ${reference} }} is given by no step that runs here`));
    const common = { seconds: 0, inputs };
    return at.action === 'Reboot'
      ? { ...common, type: 'reboot', again: false, delaySeconds: Number((inputs as Mapping | undefined)?.delaySeconds ?? 0) }
      : { ...common, type: 'done', outputs: placeholders(at.action, `${at.phase}.${at.step}`) };
  }

  async reboot({ at, again }: Extract<Instruction, { type: 'reboot' }>): Promise<Answer> {
    this.narrator.reboots(at, again);
    return { type: 'rebooted' };
  }
}

/** Stand for outputs in the inputs of later steps. */
const placeholders = (action: string, step: string): Outputs =>
  Object.fromEntries((modules[action]?.outputs ?? []).map((output) => [output, `<${output} of ${step}>`]));

const describe = (inputs: unknown): string[] => (inputs === undefined ? [] : stringify(inputs, { lineWidth: 0 }).trimEnd().split('\n'));
