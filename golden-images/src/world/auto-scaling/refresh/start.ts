import { CloudWatchService } from '../../cloudwatch';
import { AwsError, NotModelled, Properties, refuseUnknown } from '../../kernel';
import type { Group } from '../group';
import { instanceTypes, normaliseSource, resolveSource, templateReferences, usesParameter, validateSource, validation } from '../launch-source';
import type { LaunchSource, Member } from '../model';
import { parsePreferences, percentagesOf } from './preferences';
import type { Preferences, Refresh } from './refresh';

/** Checks everything that StartInstanceRefresh checks, and gives the refresh, pending. */
export function startRefresh(group: Group, input: Properties): Refresh {
  refuseUnknown('autoscaling:StartInstanceRefresh', input, ['AutoScalingGroupName', 'Strategy', 'DesiredConfiguration', 'Preferences']);
  if ((input.Strategy ?? 'Rolling') !== 'Rolling') throw new NotModelled(`autoscaling:StartInstanceRefresh with Strategy ${input.Strategy}`);
  if (group.activeRefresh) {
    throw new AwsError('InstanceRefreshInProgress', 'An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.');
  }
  const preferences = parsePreferences(input.Preferences);
  const desired = input.DesiredConfiguration ? desiredSource(group, input.DesiredConfiguration) : undefined;
  if (preferences.AutoRollback) checkAutoRollback(group, desired);
  checkAlarms(group, preferences);
  const percentages = percentagesOf(preferences, group);
  const warmupSeconds = preferences.InstanceWarmup ?? group.settings.defaultInstanceWarmup ?? group.settings.gracePeriodSeconds;
  const nothingToDo = preferences.SkipMatching && isSaved(group, desired) && group.world.faults.savedConfigurationMatches;
  const old = nothingToDo ? [] : membersToReplace(group, preferences, desired);
  return {
    id: group.world.random.uuid(),
    preferences: { ...preferences, MinHealthyPercentage: percentages.minimum, InstanceWarmup: warmupSeconds },
    percentages,
    warmupSeconds,
    desired,
    desiredInput: desired && { ...desired },
    startTime: group.world.now,
    nothingToDo,
    status: 'Pending',
    old: new Set(old.map((member) => member.id)),
    fresh: new Set(),
    replaced: 0,
    progressAt: group.world.now,
    checkpoint: { passed: 0, ofTotal: group.settings.desired },
    progress: { percentage: 0, toUpdate: old.length },
  };
}

/**
 * "If you enable skip matching, but none of these are changing, the instance refresh will succeed immediately without replacing any
 * instances" (user guide, "Use an instance refresh with skip matching"): the page can be read of instances, or of the group's settings.
 * assumption: skip-matching-towards-saved
 */
const isSaved = (group: Group, desired: LaunchSource | undefined): boolean =>
  desired === undefined || JSON.stringify(templateReferences(desired)) === JSON.stringify(templateReferences(group.settings.source));

/** Whether a rollback of the group's own configuration would be stable (API reference, RollbackInstanceRefresh). */
export function rollbackRefusal(group: Group, desired: LaunchSource | undefined): string | undefined {
  const { source } = group.settings;
  if (!desired) return 'there is no desired configuration specified for the instance refresh';
  if (templateReferences(source).some(({ Version }) => Version === '$Latest' || Version === '$Default')) {
    return "the Auto Scaling group uses the launch template's $Latest or $Default version";
  }
  if (usesParameter(group.world, source)) {
    return 'the Auto Scaling group has a launch template that uses an AWS Systems Manager parameter instead of an AMI ID';
  }
  return undefined;
}

function desiredSource(group: Group, input: Properties): LaunchSource {
  refuseUnknown('autoscaling DesiredConfiguration', input, ['LaunchTemplate', 'MixedInstancesPolicy']);
  const source = normaliseSource(group.world, input);
  validateSource(group.world, source);
  return source;
}

function checkAutoRollback(group: Group, desired: LaunchSource | undefined): void {
  if (!desired) {
    throw validation("The request isn't valid. The AutoRollback parameter cannot be set to true when the DesiredConfiguration parameter is empty. "
      + 'Set AutoRollback to false or specify a desired configuration and try again.');
  }
  const refusal = rollbackRefusal(group, desired);
  if (refusal) throw validation(`The request isn't valid. The AutoRollback parameter cannot be set to true because ${refusal}.`);
}

/** assumption: missing-alarm: an alarm that does not exist is refused at the start. */
function checkAlarms(group: Group, preferences: Preferences): void {
  const missing = preferences.AlarmSpecification?.Alarms.find((name) => group.world.get(CloudWatchService).alarmState(name) === undefined);
  if (missing !== undefined) throw validation(`The CloudWatch alarm ${missing} does not exist.`);
}

/** All, or with skip matching those of another template version or instance type. */
function membersToReplace(group: Group, preferences: Preferences, desired: LaunchSource | undefined): Member[] {
  const members = [...group.members.values()].filter((member) => !member.lifecycle.startsWith('Terminating'));
  if (!preferences.SkipMatching) return members;
  const source = desired ?? group.settings.source;
  const wanted = resolveSource(group.world, source).template;
  const types = instanceTypes(source) ?? [resolveSource(group.world, source).instanceType];
  return members.filter((member) => member.launchTemplate.LaunchTemplateId !== wanted.LaunchTemplateId
    || member.launchTemplate.Version !== wanted.Version || !types.includes(member.instanceType));
}
