export { documentsOn } from './documents';
export { programEnvironment, proxies } from './environment';
export { LinuxMachine, SCRIPT, type LinuxFiles, type LinuxMachineProps } from './linux-machine';
