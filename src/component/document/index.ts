export { referencesIn, replaceReferences, type Reference } from './braces';
export type { ComponentDocument, ConditionOutcome, DocumentPhase, DocumentStep, StepCondition, StepLoop, Variable } from './model';
export { modules } from './modules';
export { readDocument } from './read';
export { isMapping, type Mapping } from './shape';
export { oversize } from './size';
export { examineDocument, validateDocument } from './validate';
export type { Violation } from './violation';
