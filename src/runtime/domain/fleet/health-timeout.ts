import type { FleetObservation, Group } from './observation';

/**
 * Seconds that a new instance may take from coming into service until it is healthy. Where the user left the time open, at least the grace
 * that its group gives: within that time the group itself calls nobody sick. Lifecycle hooks come before that moment and do not count
 * (EC2 Auto Scaling User Guide, "Set the health check grace period": it begins once an instance enters the InService state).
 */
export function healthTimeoutSeconds({ intent }: FleetObservation, group: Group | undefined): number {
  const { healthTimeoutSeconds: seconds, healthTimeoutFollowsGrace: open } = intent.rollout;
  return open ? Math.max(seconds, group?.graceSeconds ?? 0) : seconds;
}
