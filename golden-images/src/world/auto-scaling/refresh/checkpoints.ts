import type { Group } from '../group';
import { announce } from './outcome';
import type { Candidate } from './plan';
import type { Refresh } from './refresh';

/** How many instances may be of the new configuration now: as many as there are at a checkpoint, all of them without any. */
export function checkpointGoal(group: Group, refresh: Refresh, instances: readonly Candidate[]): number {
  if (atCheckpoint(group, refresh, instances)) return instances.filter((each) => !each.old).length;
  const next = nextCheckpoint(refresh);
  if (next === undefined) return Infinity;
  const skipped = instances.filter((each) => !each.old && !refresh.fresh.has(each.id)).length;
  // assumption: checkpoint-percentages-with-skip-matching: instances that matched from the start do not count as replaced.
  return skipped + Math.ceil((next * group.settings.desired) / 100);
}

/**
 * Whether the refresh stands at a checkpoint: one is reached when its share of instances is replaced and warm. On small groups
 * several are reached at once, and only the highest counts; after a scale-out one may be reached again. The last one does not
 * wait, and 100 percent is not announced (user guide, "Add checkpoints to an instance refresh").
 */
function atCheckpoint(group: Group, refresh: Refresh, instances: readonly Candidate[]): boolean {
  const { checkpoint, preferences } = refresh;
  const list = preferences.CheckpointPercentages;
  if (!list) return false;
  const { desired } = group.settings;
  const percentage = (100 * instances.filter((each) => refresh.fresh.has(each.id) && each.ready).length) / desired;
  if (desired > checkpoint.ofTotal) checkpoint.passed = Math.max(0, ...list.filter((each) => each <= Math.min(percentage, checkpoint.passed)));
  checkpoint.ofTotal = desired;
  if (checkpoint.until !== undefined) {
    if (group.world.now < checkpoint.until) return true;
    checkpoint.until = undefined;
  }
  const next = nextCheckpoint(refresh);
  const settled = instances.length === desired && instances.every((each) => each.old || each.ready);
  if (next === undefined || percentage < next || !settled) return false;
  checkpoint.passed = Math.max(...list.filter((each) => each <= percentage));
  if (checkpoint.passed === list.at(-1)) return false;
  checkpoint.until = group.world.now + preferences.CheckpointDelay! * 1000;
  refresh.reason = `Reached the checkpoint of ${checkpoint.passed} percent; waiting ${preferences.CheckpointDelay} seconds.`;
  announce(group, refresh, 'Checkpoint Reached');
  return true;
}

function nextCheckpoint(refresh: Refresh): number | undefined {
  return refresh.preferences.CheckpointPercentages?.find((each) => each > refresh.checkpoint.passed);
}
