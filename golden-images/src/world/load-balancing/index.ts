export * from './load-balancing';
export type { HealthListener } from './target-health';
