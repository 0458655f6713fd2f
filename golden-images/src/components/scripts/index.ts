export { faultsOf } from './faults';
export { WrongPowerShell } from './powershell';
export type { Fault, Script } from './script';
export { scriptsOf } from './scripts-of';
