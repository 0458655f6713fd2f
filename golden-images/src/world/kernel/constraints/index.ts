export * from './constraints';
export { constraintsOf, type ServiceConstraints } from './model';
export type { Constraint } from './sentences';
