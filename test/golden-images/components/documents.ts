import { stringify } from 'yaml';

/** A document of one phase, as text. */
export const build = (...steps: object[]): string => document({ build: steps });

export const document = (phases: Record<string, object[]>, others: object = {}): string =>
  stringify({ schemaVersion: 1.0, ...others, phases: Object.entries(phases).map(([name, steps]) => ({ name, steps })) });

export const bash = (name: string, ...commands: string[]): object => ({ name, action: 'ExecuteBash', inputs: { commands: commands.length > 0 ? commands : ['true'] } });
export const powershell = (name: string, ...commands: string[]): object =>
  ({ name, action: 'ExecutePowerShell', inputs: { commands: commands.length > 0 ? commands : ['exit 0'] } });
