export { faultsOf, type Examined } from './faults';
export { WrongPowerShell } from './powershell';
export type { Fault, Script, Where } from './script';
export { scriptsOf } from './scripts-of';
