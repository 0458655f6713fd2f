import { Properties, refuseUnknown } from '../../kernel';
import type { Group } from '../group';
import { validation } from '../launch-source';
import type { Percentages } from './bounds';
import type { Preferences } from './refresh';

const TWO_DAYS = 172_800;

/** Checks the preferences of a request and fills in what AWS fills in (API reference, RefreshPreferences). */
export function parsePreferences(input: Properties = {}): Preferences {
  refuseUnknown('autoscaling RefreshPreferences', input, ['MinHealthyPercentage', 'MaxHealthyPercentage', 'InstanceWarmup', 'CheckpointPercentages',
    'CheckpointDelay', 'SkipMatching', 'AutoRollback', 'ScaleInProtectedInstances', 'StandbyInstances', 'AlarmSpecification', 'BakeTime']);
  within('MinHealthyPercentage', input.MinHealthyPercentage, 0, 100);
  within('MaxHealthyPercentage', input.MaxHealthyPercentage, 100, 200);
  within('InstanceWarmup', input.InstanceWarmup, 0, Infinity);
  within('CheckpointDelay', input.CheckpointDelay, 0, TWO_DAYS);
  within('BakeTime', input.BakeTime, 0, TWO_DAYS);
  oneOf('ScaleInProtectedInstances', input.ScaleInProtectedInstances, ['Refresh', 'Ignore', 'Wait']);
  oneOf('StandbyInstances', input.StandbyInstances, ['Terminate', 'Ignore', 'Wait']);
  checkHealthy(input);
  checkCheckpoints(input);
  checkAlarms(input.AlarmSpecification);
  const checkpoints = input.CheckpointPercentages ? { CheckpointDelay: input.CheckpointDelay ?? 3600 } : {};
  return {
    ...input,
    ...checkpoints,
    SkipMatching: input.SkipMatching ?? false,
    AutoRollback: input.AutoRollback ?? false,
    ScaleInProtectedInstances: input.ScaleInProtectedInstances ?? 'Wait',
    StandbyInstances: input.StandbyInstances ?? 'Wait',
  };
}

/** The percentages of the request, else of the group's maintenance policy, else 90 and none. */
export function percentagesOf(preferences: Preferences, group: Group): Percentages {
  const policy = group.settings.maintenancePolicy;
  const maximum = preferences.MaxHealthyPercentage ?? (preferences.MinHealthyPercentage === undefined ? policy?.MaxHealthyPercentage : undefined);
  return {
    minimum: preferences.MinHealthyPercentage ?? policy?.MinHealthyPercentage ?? 90,
    maximum: maximum ?? 100,
    explicit: maximum !== undefined,
  };
}

function checkHealthy({ MinHealthyPercentage: minimum, MaxHealthyPercentage: maximum }: Properties): void {
  if (maximum === undefined) return;
  if (minimum === undefined) throw validation('You must specify MinHealthyPercentage when you specify MaxHealthyPercentage.');
  if (maximum - minimum > 100) throw validation('The difference between MaxHealthyPercentage and MinHealthyPercentage cannot be greater than 100.');
}

function checkCheckpoints({ CheckpointPercentages: list, CheckpointDelay: delay }: Properties): void {
  if (list === undefined && delay !== undefined) throw validation('You must specify CheckpointPercentages when you specify CheckpointDelay.');
  for (const [index, each] of ((list ?? []) as number[]).entries()) {
    within('CheckpointPercentages', each, 1, 100);
    if (index > 0 && each <= list[index - 1]) throw validation('CheckpointPercentages must be unique and in ascending order.');
  }
}

function checkAlarms(specification: Properties | undefined): void {
  refuseUnknown('autoscaling AlarmSpecification', specification, ['Alarms']);
  if ((specification?.Alarms?.length ?? 0) > 10) throw validation('You can specify up to 10 alarms.');
}

function within(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw validation(`1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: it must be between ${least} and ${most}`);
}

function oneOf(name: string, value: string | undefined, known: string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw validation(`1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy enum value set: [${known}]`);
}
