export * from './auto-scaling';
export type { Group } from './group';
export type { Member } from './model';
export type { Refresh } from './refresh/refresh';
