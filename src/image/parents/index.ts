export * from './config';
export * from './node-options';
export * from './options';
export * from './windows-options';
