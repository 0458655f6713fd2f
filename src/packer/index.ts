export * from './build';
export * from './packer-image';
export * from './packer-template';
export * from './packer-template-options';
