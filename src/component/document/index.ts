export { validateDocument } from './validate';
export type { Violation } from './violation';
