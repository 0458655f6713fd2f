export * from './catalog';
export * from './component';
export * from './control-plane';
export * from './fleet';
export * from './image';
export * from './packer';
export * from './release';
