export { Chroot, type ChrootProps } from './chroot';
export { documentsOn } from './documents';
export { RootUnusable } from './require';
