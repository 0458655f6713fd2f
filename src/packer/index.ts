export * from './build';
export * from './packer-image';
export * from './packer-script';
export * from './packer-script-options';
export * from './packer-template';
export * from './packer-template-options';
