export { DryRun } from './dry-run';
export { Narrator } from './narrator';
export { DocumentMissing, type Documents } from './nested';
export { OnMachine } from './on-machine';
export type { Performer } from './performer';
export { isGood, joined, tableOf, type PhaseReport, type Report } from './report';
export { runDocument } from './run';
