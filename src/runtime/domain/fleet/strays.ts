import { type Decision, wait } from './decision';
import { isHealthy, isLeaving, isServing, isStandby, rollable } from './instances';
import type { FleetObservation, GroupInstance, TargetObservation } from './observation';
import type { FleetState, Rollout } from './state';
import { isOwn, versionOf } from './versions';

/**
 * Instances that do not run the pair to go back to. Of those that a rollout leaves alone, and of a bootstrapping group, whose instances may
 * run anything, only what the halted rollout itself launched.
 */
export function straysOf(
  rollout: Rollout, observation: FleetObservation, target: TargetObservation, ami: string, back: string | undefined,
): readonly GroupInstance[] {
  if (rollout.kind === 'replacement') return strangersOf(observation, target);
  const reached = rollable(observation, target);
  const bad = versionOf(target, rollout)?.number;
  return target.group!.instances.filter((each) => (reached.includes(each) && !rollout.bootstrapping
    ? isStray(each, target, ami, back)
    : each.templateVersion === bad && bad !== undefined && !isLeaving(each)));
}

/** Foreign instances that the policy lets be replaced: what is protected or in standby, and would keep a rollout waiting, keeps this one, too. */
export function strangersOf(observation: FleetObservation, target: TargetObservation): readonly GroupInstance[] {
  const { foreignInstances, protectedInstances, standbyInstances } = observation.intent.rollout;
  if (foreignInstances === 'alarm') return [];
  return rollable(observation, target).filter((each) => each.foreign !== undefined
    && !(each.protectedFromScaleIn && protectedInstances === 'wait') && !(isStandby(each) && standbyInstances === 'wait'));
}

function isStray(instance: GroupInstance, target: TargetObservation, ami: string, back: string | undefined): boolean {
  if (instance.ami !== undefined && instance.ami !== ami) return true;
  const version = target.versions.find((each) => each.number === instance.templateVersion);
  return version !== undefined && isOwn(version) && version.number !== back;
}

/**
 * Ends one stray, as long as there are no more than a canary, or than `most`. For a group that names the pair already, a refresh towards that pair may
 * succeed at once and replace nothing: "if you enable skip matching, but none of these are changing, the instance refresh will succeed
 * immediately without replacing any instances" (user guide, "Use an instance refresh with skip matching"). What is ended is replaced by
 * what the group has saved; scale-in protection does not keep it (user guide, "Use instance scale-in protection"). Nothing where the
 * minimum would not hold: a refresh that matches nothing keeps the bounds, and replaces all.
 */
export function endStray(
  state: FleetState, observation: FleetObservation, target: TargetObservation, strays: readonly GroupInstance[], most?: number,
): Decision | undefined {
  const group = target.group!;
  const { canaryInstances, minHealthyPercentage } = observation.intent.rollout;
  if (strays.length > (most ?? canaryInstances)) return undefined;
  const stray = [...strays].sort((a, b) => Number(isServing(a)) - Number(isServing(b)))[0]!;
  const serving = group.instances.filter((each) => isHealthy(each) && each !== stray).length;
  const keepsBounds = !isServing(stray) || serving >= Math.ceil((group.desired * minHealthyPercentage) / 100);
  if (keepsBounds) return { state, action: { type: 'end-instance', group, instance: stray.id } };
  const moving = group.instances.some((each) => isLeaving(each) || each.lifecycle.startsWith('Pending'));
  return moving ? wait(state, `group ${group.name} replaces instances of the halted version`, 15) : undefined;
}
