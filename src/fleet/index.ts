export * from './fleet';
export * from './rollout-policy';
export * from './rollout-target';
