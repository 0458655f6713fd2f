export * from './disk-export';
export * from './disk-import';
