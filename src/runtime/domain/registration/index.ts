export * from './ami';
export * from './manifest';
export * from './registrations';
