import type { Answer, Instruction } from '../interpreter';

/** Carries out what the interpreter wants: on a machine, or only by saying it. */
export interface Performer {
  decide(instruction: Extract<Instruction, { type: 'decide' }>): Promise<Answer>;
  run(instruction: Extract<Instruction, { type: 'run' }>): Promise<Answer>;
  reboot(instruction: Extract<Instruction, { type: 'reboot' }>): Promise<Answer>;
}
