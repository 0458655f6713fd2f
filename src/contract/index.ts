export * from './custom-resources';
export * from './documents';
export * from './environment';
export * from './messages';
export * from './metrics';
export * from './names';
export * from './registry';
