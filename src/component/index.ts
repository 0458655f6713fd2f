export * from './component';
export * from './source';
export * from './step';
