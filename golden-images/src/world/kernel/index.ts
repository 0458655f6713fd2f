export * from './door';
export * from './errors';
export * from './faults';
export * from './input';
export * from './random';
export * from './service';
export * from './timeline';
export * from './world';
