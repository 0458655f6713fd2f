export * from './packer-build';
export * from './packer-build-props';
export * from './packer-connection';
