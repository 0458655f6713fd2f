import { Ec2Service } from '../ec2';
import { LoadBalancingService } from '../load-balancing';
import type { Group } from './group';
import type { Member } from './model';

/** The worst state that the group's target groups report for a member. */
function targetState(group: Group, member: Member): 'unhealthy' | 'initial' | 'healthy' {
  const { targetGroups } = group.world.get(LoadBalancingService);
  const states = group.settings.targetGroupArns.map((arn) => targetGroups.find(arn)?.targets.get(member.id)?.state ?? 'initial');
  if (states.includes('unhealthy')) return 'unhealthy';
  return states.every((state) => state === 'healthy' || state === 'unused') ? 'healthy' : 'initial';
}

function watchesTargets(group: Group): boolean {
  return group.settings.healthCheckTypes.includes('ELB') && group.settings.targetGroupArns.length > 0;
}

/** Whether all health checks of the group pass now: what an instance refresh waits for. */
export function passesChecks(group: Group, member: Member): boolean {
  if (member.lifecycle !== 'InService' || !member.healthy) return false;
  if (group.world.get(Ec2Service).instance(member.id)?.state !== 'running') return false;
  return !watchesTargets(group) || targetState(group, member) === 'healthy';
}

/**
 * Marks members unhealthy: at once where EC2 no longer runs the instance, after the grace period where a load balancer
 * reports it (user guide, "Health checks for instances in an Auto Scaling group").
 */
export function markHealth(group: Group): void {
  if (!group.runs('HealthCheck')) return;
  for (const member of group.members.values()) {
    if (member.lifecycle === 'Terminating' || member.lifecycle === 'Terminating:Wait') continue;
    const state = group.world.get(Ec2Service).instance(member.id)?.state;
    if (state !== 'running' && state !== 'pending') member.healthy = false;
    if (member.lifecycle !== 'InService' || !watchesTargets(group)) continue;
    if (group.world.now >= graceEnd(group, member) && targetState(group, member) === 'unhealthy') member.healthy = false;
  }
}

export function graceEnd(group: Group, member: Member): number {
  return member.inServiceAt! + group.settings.gracePeriodSeconds * 1000;
}

/** Which check found a member unhealthy, as scaling activities put it (user guide, "Troubleshoot Amazon EC2 Auto Scaling: Health checks"). */
export function healthCause(group: Group, member: Member): string {
  const state = group.world.get(Ec2Service).instance(member.id)?.state;
  if (state !== 'running' && state !== 'pending') return 'an EC2 health check indicating it has been terminated or stopped';
  return watchesTargets(group) && targetState(group, member) === 'unhealthy' ? 'an ELB system health check failure' : 'a user health-check';
}
