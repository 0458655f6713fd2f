export type { ComponentDocument, ConditionOutcome, DocumentPhase, DocumentStep, StepCondition, StepLoop, Variable } from './model';
export { modules } from './modules';
export { readDocument } from './read';
export { REFERENCE } from './references';
export { isMapping, type Mapping } from './shape';
export { examineDocument, validateDocument } from './validate';
export type { Violation } from './violation';
