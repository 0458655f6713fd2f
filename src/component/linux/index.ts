export * from './packages';
