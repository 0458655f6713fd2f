export { begin, ParameterError, type RunOptions } from './begin';
export { next, type Instruction, type StepReference } from './next';
export { record, type Answer } from './record';
export type { Iteration } from './references';
export { statusOf } from './settle';
export type { Limits, Outputs, Refusal, RunStatus, State, StepResult, StepStatus } from './state';
