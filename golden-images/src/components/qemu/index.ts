export { diskFromArchive, diskFromFolder, rootKind, type RootKind } from './disk';
export { QemuMachine, type QemuMachineProps } from './qemu-machine';
export { requireQemu } from './require';
