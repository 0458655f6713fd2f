export * from './operating-system-family';
export * from './operating-system-version';
export * from './platform';
