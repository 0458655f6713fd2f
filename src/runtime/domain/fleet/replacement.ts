import { type Decision, record } from './decision';
import { newRollout } from './new-rollout';
import type { FleetObservation, TargetObservation } from './observation';
import { brokenGroup, isMoving } from './obstacles';
import type { CommittedPair, FleetState } from './state';
import { lastKnownGood } from './state';
import { knownImages } from './strangers';
import { endStray, strangersOf } from './strays';
import { currentVersion, isActive, isBelieved, isLiteral } from './versions';

/**
 * Foreign instances give way, one after another, once their group is at rest. Where there is a last known good pair, that is a rollout which
 * halts from its beginning: going back to that pair, within the bounds, and the guard keeps deploys out while it lasts.
 */
export function replaceStrangers(state: FleetState, observation: FleetObservation): Decision | undefined {
  if (state.backoff && observation.now < state.backoff.until) return undefined;
  const good = lastKnownGood(state);
  const target = observation.targets.find((each) => isReady(each) && strangersOf(observation, each).length > 0);
  if (!target) return undefined;
  if (good) return observation.usableImages.includes(good.ami) ? goBack(state, observation, target, good) : undefined;
  const strangers = strangersOf(observation, target);
  return launchesKnown(state, observation, target) ? endStray(state, observation, target, strangers, strangers.length) : undefined;
}

const isReady = (target: TargetObservation): boolean =>
  !brokenGroup(target) && !isMoving(target.group!) && !target.refreshes.some(isActive);

function goBack(state: FleetState, observation: FleetObservation, target: TargetObservation, { committedAt: _, ...pair }: CommittedPair): Decision {
  const [first, ...more] = strangersOf(observation, target);
  const reason = `instance ${first!.id} of group ${target.groupName} ${first!.foreign}${more.length > 0 ? `, and ${more.length} more are foreign` : ''}`;
  const refreshesBefore = observation.targets.flatMap(({ refreshes }) => refreshes.map(({ id }) => id));
  const rollout = newRollout(state, observation, { ...pair, kind: 'replacement' });
  return record({
    ...state, rollout: { ...rollout, stage: 'halting', halt: { at: observation.now, reason, outcome: 'rolled-back', after: 'nothing', refreshesBefore } },
  }, `replace: ${reason}`);
}

/** Whether a launch of a group that was never committed would not be foreign again. */
function launchesKnown(state: FleetState, observation: FleetObservation, target: TargetObservation): boolean {
  const current = currentVersion(target);
  if (!current || !isBelieved(current)) return false;
  const ami = isLiteral(current) ? current.image : observation.parameterValue;
  return ami !== undefined && knownImages(state, observation).has(ami);
}
