export { Platform } from '../platform/platform';
