export type { Files } from './files';
export { MachineLost, MachineUnusable, Refused, type Machine, type System, type Task, type TaskEnd, type Visit } from './machine';
export { pathsOf, type Paths } from './paths';
