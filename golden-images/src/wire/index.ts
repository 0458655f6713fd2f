export { HANDLER_HEADER } from './caller';
export { inProcessHandler, type InProcessHandler } from './in-process';
export { createServer, type ServerOptions, type WireServer } from './server';
export type { ServiceClass } from './wire';
