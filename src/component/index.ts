export * from './component';
export * from './linux';
export * from './source';
export * from './step';
export * from './windows';
