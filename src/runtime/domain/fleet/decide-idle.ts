import { adoption } from './adoption';
import { complaints } from './complaints';
import { type Decision, record, wait } from './decision';
import { isHealthy, rollable } from './instances';
import { newRollout } from './new-rollout';
import type { FleetObservation, GroupInstance } from './observation';
import { foreignRefresh, stackObstacle, startObstacle } from './obstacles';
import { replaceStrangers } from './replacement';
import type { FleetState, Rollout } from './state';
import { lastKnownGood } from './state';
import { isActive } from './versions';
import { wanted } from './wanted';

/** Nothing is being rolled: keep the pointer and the groups on the last known good pair, then look for something to roll. */
export function decideIdle(state: FleetState, observation: FleetObservation): Decision {
  const stack = stackObstacle(observation);
  if (stack) return wait(state, stack.reason, stack.seconds);
  return upkeep(state, observation) ?? commitAsFound(state, observation) ?? begin(state, observation);
}

/** What holds whenever nothing is rolled, whoever changed it: a deploy, an operator, a writer that stalled. */
function upkeep(state: FleetState, observation: FleetObservation): Decision | undefined {
  const good = lastKnownGood(state);
  if (good && observation.parameterValue !== good.ami && observation.usableImages.includes(good.ami)) {
    return { state, action: { type: 'write-parameter', ami: good.ami } };
  }
  for (const target of observation.targets) {
    if (!target.group || target.group.deleting || target.group.unsupported || target.refreshes.some(isActive)) continue;
    if (good?.configurations[target.groupName] && target.versions.length > 0) {
      const action = adoption(state, observation, target, `${good.committedAt}#${hour(observation)}`);
      if (action && action.type !== 'wait') return { state, action };
    }
  }
  return undefined;
}

/** A fleet that was started on the very image its channel holds: there is nothing to roll, only to verify and commit. */
function commitAsFound(state: FleetState, observation: FleetObservation): Decision | undefined {
  const { pair } = wanted(state, observation);
  if (lastKnownGood(state) || !pair || startObstacle(state, observation)) return undefined;
  const everywhere = observation.targets.every((target) => {
    const instances = rollable(observation, target);
    const configuration = (each: GroupInstance) => target.versions.find((version) => version.number === each.templateVersion)?.configurationHash;
    return instances.length >= target.group!.desired
      && instances.every((each) => each.ami === pair.ami && configuration(each) === pair.configurations[target.groupName] && isHealthy(each));
  });
  if (!everywhere) return undefined;
  const { kind: _, ...committed } = pair;
  return record({ ...state, committed: [{ ...committed, committedAt: iso(observation.now) }] }, `every instance runs version ${pair.version} already`);
}

function begin(state: FleetState, observation: FleetObservation): Decision {
  const { pair, reason, seconds } = wanted(state, observation);
  const obstacle = pair && startObstacle(state, observation);
  // A rollout replaces every instance: what can begin goes first.
  const replacement = !pair || obstacle ? replaceStrangers(state, observation) : undefined;
  if (replacement) return replacement;
  if (!pair) return wait(state, [reason, ...complaints(state, observation)].join('; '), seconds);
  if (obstacle) return wait(state, obstacle.reason, obstacle.seconds);
  const { frozen: _, ...thawed } = state;
  return record({ ...thawed, rollout: newRollout(state, observation, pair) }, `start: ${reason}`);
}

/** What a rollout gives way to: a newer release that could be started at once. */
export function successor(state: FleetState, rollout: Rollout, observation: FleetObservation): Rollout | undefined {
  const { release } = observation;
  if (!release || release.version === rollout.version && rollout.kind === 'image') return undefined;
  const { pair } = wanted(state, observation);
  if (pair?.kind !== 'image' || pair.ami === rollout.ami || startObstacle(state, observation, true)) return undefined;
  return observation.targets.some((target) => foreignRefresh(target)) ? undefined : newRollout(state, observation, pair, rollout);
}

/** AWS remembers a token after what it made was deleted: a version that somebody removed is made again under another one. */
const hour = (observation: FleetObservation): number => Math.floor(observation.now / 3_600_000);

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
