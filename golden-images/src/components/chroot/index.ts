export { Chroot, type ChrootProps } from './chroot';
