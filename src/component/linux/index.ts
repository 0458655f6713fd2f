export * from './archive';
export * from './file';
export * from './packages';
export { type LinuxPermissions } from './write-file';
