export * from './action';
export * from './condition';
export * from './loop';
export * from './options';
export * from './step';
export * from './modules';
