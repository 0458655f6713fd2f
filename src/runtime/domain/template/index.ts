export * from './content';
export * from './declarations';
export * from './differences';
