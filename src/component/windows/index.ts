export { UpdateFilter } from './update-filter';
export * from './windows-update';
