import { adoption, createVersion } from './adoption';
import { iso, successor } from './decide-idle';
import { type Decision, record, wait, withRollout } from './decision';
import { close, halt } from './endings';
import { healthTimeoutSeconds } from './health-timeout';
import { isServing, rollable } from './instances';
import type { FleetObservation, TargetObservation } from './observation';
import { foreignRefresh, groupObstacle, stackObstacle } from './obstacles';
import { canaryIsAll } from './refresh-plan';
import { lost, sickness, stalled } from './sickness';
import { lastKnownGood, type FleetState, type Rollout } from './state';
import { currentVersion, isActive, isLiteral, isRunning, versionOf } from './versions';

/** Before the first instance of a target: nothing of a former rollout moves, the group is adopted, the version exists. */
export function decidePreparing(state: FleetState, rollout: Rollout, observation: FleetObservation): Decision {
  const target = observation.targets[rollout.targetIndex];
  if (!target) return halt(state, rollout, observation, lost(target));
  const verdict = sickness(rollout, observation, target) ?? stalled(rollout, observation, target);
  if (verdict) return halt(state, rollout, observation, verdict);
  const next = successor(state, rollout, observation);
  if (next) return record({ ...close(state, rollout, observation.now, 'superseded'), rollout: next }, `superseded by version ${next.version}`);
  return settle(state, rollout, observation) ?? prepare(state, rollout, observation, target);
}

/** What a superseded rollout left in motion is cancelled; what others left is waited for. */
function settle(state: FleetState, rollout: Rollout, observation: FleetObservation): Decision | undefined {
  for (const target of observation.targets) {
    const active = target.refreshes.find(isActive);
    if (!active || !target.group) continue;
    if (!isRunning(active) || foreignRefresh(target)) return wait(state, `an instance refresh of group ${target.groupName} is ${active.status}`, 30);
    return stopSuperseded(state, rollout, observation, target);
  }
  return undefined;
}

/**
 * Cancelling in the middle of a replacement leaves one instance too many, and scaling in takes the oldest launch template first,
 * however well it serves (default termination policy). So only once all serve; one that never will is rolled back by AWS within its bounds.
 */
function stopSuperseded(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation): Decision {
  const group = target.group!;
  if (rollable(observation, target).every(isServing)) return { state, action: { type: 'cancel', group } };
  if (observation.now < rollout.startedAt + healthTimeoutSeconds(observation, group) * 1000) {
    return wait(state, `instances of group ${group.name} do not serve yet`, 10);
  }
  return { state, action: { type: returnsTo(state, target) ? 'roll-back' : 'cancel', group } };
}

/** Whether the group has saved what it should go back to: the last known good pair; before there is one, whatever others serve beside. */
function returnsTo(state: FleetState, target: TargetObservation): boolean {
  const saved = target.group!.templateVersion;
  const good = lastKnownGood(state);
  if (good) return versionOf(target, good)?.number === saved;
  const superseded = target.refreshes.find(isActive)?.version;
  const current = currentVersion(target);
  return current !== undefined && isLiteral(current) && superseded !== saved
    && target.group!.instances.some((each) => isServing(each) && each.templateVersion !== superseded);
}

function prepare(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation): Decision {
  const obstacle = stackObstacle(observation)?.reason ?? groupObstacle(observation, target);
  if (obstacle) return wait(state, obstacle, 60);
  if (!observation.usableImages.includes(rollout.ami)) return wait(state, `${rollout.ami} cannot be launched`, 300);
  const token = iso(rollout.startedAt);
  const adopt = adoption(state, observation, target, token);
  if (adopt) return { state, action: adopt };
  const version = versionOf(target, rollout);
  if (!version) return { state, action: createVersion(target, rollout, token) };
  const stage = canaryIsAll(observation, target.group!.desired) ? 'waves' : 'canary';
  const namedBefore = { ...rollout.namedBefore, [target.groupName]: target.group!.templateVersion };
  return record(withRollout(state, rollout, { stage, namedBefore, refreshesBefore: target.refreshes.map((each) => each.id) }), `${stage} of group ${target.groupName}`);
}
