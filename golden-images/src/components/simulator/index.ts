export type { Happening, Script, Turn } from './script';
export { simulate, type Simulation } from './simulate';
