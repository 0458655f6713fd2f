import { Ec2Service } from '../ec2';
import type { Group } from './group';
import { validation } from './launch-source';
import type { Member } from './model';

const KNOWN = ['Default', 'OldestInstance', 'NewestInstance', 'OldestLaunchTemplate', 'OldestLaunchConfiguration', 'ClosestToNextInstanceHour',
  'AllocationStrategy'];

export function validatePolicies(policies: readonly string[]): void {
  const unknown = policies.find((policy) => !KNOWN.includes(policy));
  if (unknown) throw validation(`Termination policy ${unknown} is not modelled or does not exist`);
}

/**
 * Which member a scale-in ends next: of the Availability Zone with the most members, by the group's policy; by default the
 * one with the oldest launch template (user guide, "Termination policies"). Protected members are never chosen.
 */
export function nextToTerminate(group: Group): Member | undefined {
  const unprotected = group.live.filter((member) => !member.protectedFromScaleIn);
  const inZone = (zone: string): number => group.live.filter((member) => member.availabilityZone === zone).length;
  const most = Math.max(...unprotected.map((member) => inZone(member.availabilityZone)));
  const candidates = unprotected.filter((member) => inZone(member.availabilityZone) === most);
  return candidates.sort((a, b) => a.launchedAt - b.launchedAt).sort(order(group))[0];
}

function order(group: Group): (a: Member, b: Member) => number {
  const policy = group.settings.terminationPolicies[0];
  if (policy === 'OldestInstance' || policy === 'ClosestToNextInstanceHour') return () => 0;
  if (policy === 'NewestInstance') return (a, b) => b.launchedAt - a.launchedAt;
  return (a, b) => templateAge(group, a) - templateAge(group, b);
}

function templateAge(group: Group, member: Member): number {
  const { LaunchTemplateId, Version } = member.launchTemplate;
  return group.world.get(Ec2Service).launchTemplates.find(LaunchTemplateId)?.find(Version)?.createdAt ?? 0;
}
