import { iso, successor } from './decide-idle';
import { type Decision, record, wait, withRollout } from './decision';
import { close, halt } from './endings';
import { isHealthy, mismatched, running } from './instances';
import type { FleetObservation, Refresh, TargetObservation } from './observation';
import { groupObstacle, stackObstacle } from './obstacles';
import { wavesPlan } from './refresh-plan';
import { CANARY_LOOK_SECONDS, emptied, lost, sickness, stalled, UNHEALTHY_LOOK_SECONDS, untouched } from './sickness';
import type { FleetState, Rollout } from './state';
import { isAlone, trackInstances } from './tracking';
import { isActive, isRunning, versionOf } from './versions';

/** Refreshes of one target after which its instances must be what they should be. */
const ATTEMPTS = 3;

/** The rest of a target, and the bake; then each instance is verified by the AMI that it really runs. */
export function decideWaves(state: FleetState, recorded: Rollout, observation: FleetObservation): Decision {
  const target = observation.targets[recorded.targetIndex];
  const version = target && versionOf(target, recorded)?.number;
  if (!target || !version) return halt(state, recorded, observation, lost(target));
  const rollout = trackInstances(recorded, observation, target, version);
  const own = target.refreshes.filter((each) => each.version === version && !rollout.refreshesBefore.includes(each.id));
  if (own[0]?.status === 'Successful') return verify(state, rollout, observation, target, version, own);
  const verdict = sickness(rollout, observation, target) ?? stalled(rollout, observation, target, own[0]);
  if (verdict) return halt(state, rollout, observation, verdict);
  const next = successor(state, rollout, observation);
  if (next) return record({ ...close(state, rollout, observation.now, 'superseded'), rollout: next }, `superseded by version ${next.version}`);
  if (own[0]) return wait(withRollout(state, rollout, {}), own[0].status === 'Baking' ? 'baking' : 'waves', lookSeconds(rollout, observation, target, version));
  return startWaves(state, rollout, observation, target, version);
}

/** Where the canary would be the whole group, this refresh is the canary. */
const lookSeconds = (rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string): number =>
  (isAlone(rollout, observation, target.group) && !running(target, version).every(isHealthy) ? UNHEALTHY_LOOK_SECONDS : CANARY_LOOK_SECONDS);

/** The canary's refresh still stands at its checkpoint: it is cancelled first, then SkipMatching spares what is done. */
function startWaves(state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string): Decision {
  const now = withRollout(state, rollout, {});
  const obstacle = stackObstacle(observation)?.reason ?? groupObstacle(observation, target);
  if (obstacle) return wait(now, obstacle, 60);
  const active = target.refreshes.find(isActive);
  if (active && active.version === version && isRunning(active)) return { state: now, action: { type: 'cancel', group: target.group! } };
  if (active) return wait(now, `an instance refresh of group ${target.groupName} is ${active.status}`, 15);
  return { state: now, action: { type: 'start-refresh', kind: 'waves', group: target.group!, version, ami: rollout.ami, plan: wavesPlan(observation, target, rollout) } };
}

/**
 * A refresh that says `Successful` proves nothing by itself. One that replaced nothing has saved an unproven pair on the group all the
 * same: the group goes back at once.
 */
function verify(
  state: FleetState, rollout: Rollout, observation: FleetObservation, target: TargetObservation, version: string, refreshes: readonly Refresh[],
): Decision {
  const now = withRollout(state, rollout, {});
  const verdict = sickness(rollout, observation, target);
  if (verdict) return halt(state, rollout, observation, verdict);
  const wrong = mismatched(observation, target, rollout, version);
  if (wrong.some((each) => each.ami === undefined)) return wait(now, 'it is not known yet what every instance runs', 15);
  if (wrong.length > 0) {
    const attempts = (rollout.attempts ?? 0) + 1;
    if (attempts >= ATTEMPTS) return halt(state, rollout, observation, { reason: `instance ${wrong[0]!.id} does not run ${rollout.ami}`, outcome: 'rolled-back', after: 'block' });
    return record(withRollout(state, rollout, { attempts, refreshesBefore: [...rollout.refreshesBefore, ...refreshes.map((each) => each.id)] }), 'some instances do not run the pair');
  }
  const there = running(target, version);
  const proven = there.filter(isHealthy).length;
  const empty = there.length === 0 ? emptied(target) ?? untouched(target) : undefined;
  if (empty) return halt(state, rollout, observation, empty);
  if (proven === 0) return wait(now, 'no instance of the new pair is healthy', 30);
  return advance(state, rollout, observation);
}

function advance(state: FleetState, rollout: Rollout, observation: FleetObservation): Decision {
  const targetIndex = rollout.targetIndex + 1;
  if (targetIndex < observation.targets.length) {
    return record(withRollout(state, rollout, { stage: 'preparing', targetIndex, refreshesBefore: [], canaryStopped: undefined, canaryHealthySince: undefined, attempts: undefined, unhealthySince: {}, inServiceSince: undefined }),
      'the next target');
  }
  const { version, ami, configurations } = rollout;
  const pair = { ...(version === undefined ? {} : { version }), ami, configurations, committedAt: iso(observation.now) };
  const committed = [pair, ...state.committed.filter((each) => each.ami !== ami)].slice(0, 10);
  const { backoff: _, ...rest } = state;
  return record(withRollout({ ...rest, committed }, rollout, { stage: 'committing' }), 'verified');
}
