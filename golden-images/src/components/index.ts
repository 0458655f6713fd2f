export { lint, lintText, type LintReport } from './lint';
export { isGood, type Report } from './run';
export { simulate, type Happening, type Script, type Simulation, type Turn } from './simulator';
