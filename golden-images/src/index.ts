export * from './world/kernel';
