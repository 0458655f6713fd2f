export * from './content';
export * from './declarations';
export * from './differences';
export * from './mismatch';
