export * from './operating-system';
export * from './web-server';
