import { canarySize, isInPlace, misplaced } from './canary-place';
import { successor } from './decide-idle';
import { type Decision, record, wait, withRollout } from './decision';
import { close, halt } from './endings';
import { isHealthy, running } from './instances';
import type { FleetObservation, Refresh, TargetObservation } from './observation';
import { groupObstacle, stackObstacle } from './obstacles';
import { canaryPlan } from './refresh-plan';
import { CANARY_LOOK_SECONDS, emptied, lost, sickness, stalled, UNHEALTHY_LOOK_SECONDS } from './sickness';
import type { FleetState, Rollout } from './state';
import { trackInstances } from './tracking';
import { isRunning, versionOf } from './versions';

/**
 * The first instances, alone; then the gate. The refresh is cancelled as soon as they serve, so that a scale-out gets what the group has
 * saved, the last known good version; its checkpoint only stops it for a controller that is away.
 */
export function decideCanary(state: FleetState, recorded: Rollout, observation: FleetObservation): Decision {
  const target = observation.targets[recorded.targetIndex];
  const version = target && versionOf(target, recorded);
  if (!target || !version) return halt(state, recorded, observation, lost(target));
  const rollout = trackInstances(recorded, observation, target, version.number);
  const refresh = target.refreshes.find((each) => each.version === version.number && !rollout.refreshesBefore.includes(each.id));
  const judged = rollout.canaryStopped ? undefined : refresh;
  const verdict = sickness(rollout, observation, target)
    ?? stalled(rollout, observation, target, judged) ?? emptied(target) ?? misplaced(rollout, observation, target, version.number, refresh);
  if (verdict) return halt(state, rollout, observation, verdict);
  const next = successor(state, rollout, observation);
  if (next) return record({ ...close(state, rollout, observation.now, 'superseded'), rollout: next }, `superseded by version ${next.version}`);
  if (!refresh && !rollout.canaryStopped) return start(state, rollout, observation, target, version.number);
  return stopAfterCanary(state, rollout, observation, target, version.number, refresh) ?? gate(state, rollout, observation, target, version.number);
}

function start(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string): Decision {
  const now = withRollout(state, rollout, { canaryGroupSize: target.group!.desired });
  const obstacle = stackObstacle(observation)?.reason ?? groupObstacle(observation, target);
  if (obstacle) return wait(now, obstacle, 60);
  const plan = canaryPlan(observation, target, rollout);
  return { state: now, action: { type: 'start-refresh', kind: 'canary', group: target.group!, version, ami: rollout.ami, plan } };
}

function stopAfterCanary(
  state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string, refresh: Refresh | undefined,
): Decision | undefined {
  if (!refresh || !isRunning(refresh)) return undefined;
  const now = withRollout(state, rollout, {});
  if (rollout.canaryStopped) return { state: now, action: { type: 'cancel', group: target.group! } };
  return isInPlace(observation, target, version)
    ? record(withRollout(state, rollout, { canaryStopped: true }), 'the canary is in service')
    : wait(now, 'the canary is coming into service', UNHEALTHY_LOOK_SECONDS);
}

/** Healthy for as long as the policy asks, alarms quiet, the release still readable, no deploy under way. */
function gate(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string): Decision {
  const { canarySeconds } = observation.intent.rollout;
  const healthy = running(target, version).filter((each) => isHealthy(each) && each.ami === rollout.ami).length;
  const enough = healthy > 0 && healthy >= canarySize(observation, target.group!);
  const since = enough ? rollout.canaryHealthySince ?? observation.now : undefined;
  const now = withRollout(state, rollout, { canaryHealthySince: since });
  if (since === undefined) return wait(now, 'the canary is not healthy yet', UNHEALTHY_LOOK_SECONDS);
  const left = Math.ceil((since + canarySeconds * 1000 - observation.now) / 1000);
  if (left > 0) return wait(now, 'the canary is healthy and observed', Math.min(CANARY_LOOK_SECONDS, left));
  if (rollout.kind === 'image' && !observation.release) return wait(now, 'the release cannot be read', 60);
  const obstacle = stackObstacle(observation)?.reason ?? groupObstacle(observation, target);
  if (obstacle) return wait(now, obstacle, 60);
  return record(withRollout(now, now.rollout!, { stage: 'waves', refreshesBefore: target.refreshes.map((each) => each.id) }), 'the canary passed');
}
