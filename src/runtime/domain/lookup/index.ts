export * from './newest';
