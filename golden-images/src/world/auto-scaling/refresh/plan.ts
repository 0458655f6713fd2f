import type { Bounds } from './bounds';

/** What the plan must know of an instance that is pending or in service. */
export interface Candidate {
  readonly id: string;
  /** Of the configuration that is to go. */
  readonly old: boolean;
  /** Whether it may be replaced now: not protected. */
  readonly replaceable: boolean;
  /** Healthy and, if new, warmed up. */
  readonly ready: boolean;
}

export interface Plan {
  readonly terminate: string[];
  readonly launch: number;
}

/**
 * One step of a rolling replacement: which instances go now and how many are launched.
 *
 * Healthy old instances go only while the minimum holds without them; unhealthy ones cost no health and go first. Launches fill
 * what was taken and, where the bounds allow more than the desired capacity, come beforehand. `goal` limits how many instances
 * may be of the new configuration: a checkpoint, or all that can be replaced. Protected instances come last: all others are
 * replaced while the refresh waits for them (assumption: protected-wait-order).
 */
export function planStep(instances: readonly Candidate[], desired: number, bounds: Bounds, goal: number): Plan {
  const terminate = toTerminate(instances, desired, bounds, goal);
  const left = instances.length - terminate.length;
  const current = instances.filter((each) => !each.old).length;
  const wanted = Math.max(goal - current, desired - left);
  return { terminate, launch: Math.max(0, Math.min(wanted, bounds.maximum - left)) };
}

function toTerminate(instances: readonly Candidate[], desired: number, bounds: Bounds, goal: number): string[] {
  const old = instances.filter((each) => each.old);
  const removable = Math.max(old.length + goal - desired, instances.length - desired);
  const candidates = old.filter((each) => each.replaceable).sort((a, b) => Number(a.ready) - Number(b.ready)).slice(0, Math.max(0, removable));
  let ready = instances.filter((each) => each.ready).length;
  const chosen: string[] = [];
  for (const candidate of candidates) {
    if (candidate.ready && ready - 1 < bounds.minimum) break;
    if (candidate.ready) ready -= 1;
    chosen.push(candidate.id);
  }
  const forced = bounds.oneAtATime && chosen.length === 0 && candidates.length > 0 && settled(instances, desired);
  return forced ? [candidates[0]!.id] : chosen;
}

/** Nothing is under way and nothing is missing: the moment at which one instance may be sacrificed. */
function settled(instances: readonly Candidate[], desired: number): boolean {
  return instances.length >= desired && instances.every((each) => each.ready);
}
