import type { ActionModules } from './module';
import { checkCondition } from '../condition';

/** General execution modules. */
export const execution: ActionModules = {
  ExecuteBash: { platform: 'Linux', inputs: 'map', fields: { commands: { kind: 'strings', required: true } }, outputs: ['stdout'] },
  ExecutePowerShell: {
    platform: 'Windows',
    inputs: 'map',
    fields: { commands: { kind: 'strings' }, file: { kind: 'string' } },
    outputs: ['stdout'],
    check: (path, inputs) => ((inputs.commands === undefined) === (inputs.file === undefined)
      ? [{ path, what: `it has ${inputs.file === undefined ? 'neither' : 'both'}`, expected: 'commands or file, and not both' }]
      : []),
  },
  ExecuteBinary: {
    inputs: 'map', fields: { path: { kind: 'string', required: true }, arguments: { kind: 'strings' } }, outputs: ['stdout'],
  },
  ExecuteDocument: {
    inputs: 'map',
    fields: {
      'document': { kind: 'string', required: true },
      'document-s3-bucket-owner': { kind: 'string' },
      'phases': { kind: 'string' },
      'parameters': { kind: 'any' },
    },
    outputs: [],
  },
  // Its inputs are a comparison, which has no fixed members.
  Assert: { inputs: 'map', fields: {}, outputs: [], check: (path, inputs) => checkCondition(path, inputs) },
};
