import type { Activity } from '@aws-sdk/client-auto-scaling';
import type { LaunchFailure } from '../../domain/fleet';

/**
 * Reasons that lie outside any image (assumption: launch-failure-texts; "Troubleshoot Amazon EC2 Auto Scaling: EC2 instance launch failures"): no capacity, a limit, a
 * subnet without addresses, a throttle, a key that may not be used. An AMI, its snapshots or its architecture are not among them.
 */
const ENVIRONMENT = [
  /InsufficientInstanceCapacity/, /InsufficientHostCapacity/, /sufficient .{0,80}capacity/i, /no Spot capacity/i, /SpotMaxPriceTooLow/, /MaxSpotInstanceCountExceeded/,
  /LimitExceeded/, /more (instances|vCPU capacity) than your current/i, /InsufficientFreeAddressesInSubnet/, /InsufficientAddressCapacity/,
  /RequestLimitExceeded|Throttling|Rate exceeded/i, /Server\.(InternalError|Unavailable|InsufficientCapacity)/, /ServiceUnavailable/,
  // A key that may not be used ends the instance right after its launch ("Required AWS KMS key policy for use with encrypted volumes").
  /Client\.InternalError/, /InvalidKMSKey/, /Client\.UserInitiatedShutdown/, /Server\.SpotInstance/,
  /not authorized|UnauthorizedOperation|AccessDenied/i,
];

/** A launch that failed, or undefined for any other activity. */
export function launchFailure({ StatusCode: status, StatusMessage: message = '', Description: description = '', StartTime: at }: Activity): LaunchFailure | undefined {
  if (status !== 'Failed' || !/^Launching/.test(description)) return undefined;
  return { at: at?.getTime() ?? 0, message: message || description, environment: ENVIRONMENT.some((each) => each.test(message)) };
}

/**
 * The instance that an activity takes out of service because EC2 had ended it; a failed check has another cause, such as "an ELB system
 * health check failure" (user guide, "Troubleshoot Amazon EC2 Auto Scaling: Health checks"; assumption: activity-cause-text).
 */
export const interruption = (activity: Activity): string | undefined => (ENDED_BY_EC2.test(activity.Cause ?? '') ? ended(activity) : undefined);

/** The instance that an activity takes out of service since it failed a check of its group: "in response to an ELB system health check failure". */
export const failedCheck = (activity: Activity): string | undefined =>
  (/health.?check/i.test(activity.Cause ?? '') && !ENDED_BY_EC2.test(activity.Cause ?? '') ? ended(activity) : undefined);

const ENDED_BY_EC2 = /EC2 health check indicating it has been terminated or stopped/;

const ended = ({ Description: description = '' }: Activity): string | undefined => /^Terminating EC2 instance: (i-\w+)/.exec(description)?.[1];
