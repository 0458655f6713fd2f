export { diskFromArchive, diskFromFolder, rootKind } from './disk';
export { QemuMachine, type QemuMachineProps } from './qemu-machine';
export { requireQemu } from './require';
