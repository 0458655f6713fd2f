export * from './ami';
export * from './authorize';
export * from './manifest';
export * from './refused';
export * from './registrations';
