export * from './component';
export * from './linux';
export * from './secret';
export * from './secret-script';
export * from './source';
export * from './step';
export * from './windows';
