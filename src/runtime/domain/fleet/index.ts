export * from './decide';
export { asksForEventsSince } from './declared';
export * from './decision';
export * from './needs-operator';
export * from './observation';
export * from './refresh-plan';
export * from './state';
export { isActive, ownerMark } from './versions';
