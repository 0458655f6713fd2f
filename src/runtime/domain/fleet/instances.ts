import type { FleetObservation, GroupInstance, TargetObservation } from './observation';
import type { Pair } from './state';

/** In service, healthy for its group and for every target group that checks it: whatever it runs. */
export const isServing = (instance: GroupInstance): boolean => instance.lifecycle === 'InService' && instance.healthy && instance.serving;

/** The same, of an instance that the ledger knows: no other one proves anything. */
export const isHealthy = (instance: GroupInstance): boolean => isServing(instance) && instance.foreign === undefined;

/** Leaving or gone: it serves nobody, but still counts as running its launch template version. */
export const isLeaving = (instance: GroupInstance): boolean =>
  ['Terminating', 'Terminated', 'Detaching', 'Detached', 'Warmed:Terminat'].some((prefix) => instance.lifecycle.startsWith(prefix));

export const isStandby = (instance: GroupInstance): boolean => instance.lifecycle === 'Standby' || instance.lifecycle === 'EnteringStandby';

/** A termination hook was abandoned, and the group's lifecycle policy keeps the instance until somebody ends it. */
export const isRetained = (instance: GroupInstance): boolean => instance.lifecycle.endsWith(':Retained');

/** Whether anything in the group serves now. */
export const serves = ({ group }: TargetObservation): boolean => (group?.instances ?? []).some(isServing);

const isWarm = (instance: GroupInstance): boolean => instance.lifecycle.startsWith('Warmed:');

/** Instances of a launch template version that are there or coming. */
export const running = (target: TargetObservation, version: string): readonly GroupInstance[] =>
  (target.group?.instances ?? []).filter((each) => each.templateVersion === version && !isLeaving(each) && !isWarm(each));

/** Instances that a rollout has to reach, by the policy for protected and standby ones. */
export function rollable(observation: FleetObservation, target: TargetObservation): readonly GroupInstance[] {
  const { protectedInstances, standbyInstances } = observation.intent.rollout;
  return (target.group?.instances ?? []).filter((each) => {
    if (isLeaving(each)) return false;
    if (each.protectedFromScaleIn && protectedInstances === 'ignore') return false;
    return !(isStandby(each) && standbyInstances === 'ignore');
  });
}

/** Instances that do not run what a pair promises, judged by the AMI that each one really runs. */
export function mismatched(observation: FleetObservation, target: TargetObservation, pair: Pair, version: string): readonly GroupInstance[] {
  return rollable(observation, target).filter((each) => each.ami !== pair.ami || each.templateVersion !== version);
}
