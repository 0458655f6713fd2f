export * from './control-plane';
export * from './fleet';
