import type { ActionModules } from './module';

/** Modules that work on the whole system. */
export const system: ActionModules = {
  Reboot: { inputs: 'map', optional: true, fields: { delaySeconds: { kind: 'integer' } }, outputs: [] },
  UpdateOS: { inputs: 'map', optional: true, fields: { include: { kind: 'strings' }, exclude: { kind: 'strings' } }, outputs: [] },
};
