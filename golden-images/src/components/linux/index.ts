export { documentsOn } from './documents';
export { PATH, programEnvironment, proxies } from './environment';
export { LinuxMachine, SCRIPT, type LinuxFiles, type LinuxMachineProps } from './linux-machine';
