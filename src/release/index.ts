export * from './channel';
export * from './gate';
