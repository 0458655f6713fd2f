import type { Performer } from './performer';
import { reportOf, type Report } from './report';
import type { ComponentDocument } from '../../../../src/component/document';
import { begin, next, record, type Answer, type Instruction, type RunOptions, type State } from '../interpreter';
import { MachineLost } from '../machine';

/** Runs a document to its end. The interpreter says what is next, the performer does it. */
export async function runDocument(document: ComponentDocument, options: RunOptions, performer: Performer): Promise<Report> {
  let state: State = begin(document, options);
  for (;;) {
    const instruction = next(state);
    if (instruction.type === 'end') {
      return reportOf(document, options, instruction, state.reboots);
    }
    state = record(state, await perform(instruction, performer));
  }
}

async function perform(instruction: Exclude<Instruction, { type: 'end' }>, performer: Performer): Promise<Answer> {
  try {
    switch (instruction.type) {
      case 'decide': return await performer.decide(instruction);
      case 'run': return await performer.run(instruction);
      case 'reboot': return await performer.reboot(instruction);
    }
  } catch (error) {
    if (error instanceof MachineLost) return { type: 'lost', message: error.message };
    throw error;
  }
}
