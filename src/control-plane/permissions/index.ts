export * from './arns';
export * from './images';
export * from './parameters';
export * from './permission';
export * from './publishers';
export * from './rollouts';
