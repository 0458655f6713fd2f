import type { Group } from './group';
import type { Activity, Member } from './model';

export type Transition = 'Launch' | 'Terminate';

/** Starts an activity of a group; at most six weeks of them are kept, as AWS does. */
export function begin(group: Group, description: string, cause: string, details: object): Activity {
  const { world } = group;
  const activity: Activity = {
    ActivityId: world.random.uuid(),
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    Description: description,
    Cause: `At ${new Date(world.now).toISOString().replace('.000', '')} ${cause}`,
    StartTime: new Date(world.now),
    StatusCode: 'InProgress',
    Progress: 0,
    Details: JSON.stringify(details),
  };
  group.activities.unshift(activity);
  const oldest = world.now - 42 * 86_400_000;
  while (group.activities.at(-1)!.StartTime.getTime() < oldest) group.activities.pop();
  return activity;
}

/** Ends an activity and tells it as the event `EC2 Instance Launch Successful` and its like. */
export function end(group: Group, activity: Activity, transition: Transition, outcome: { member?: Member; failure?: string }): void {
  const { world } = group;
  activity.EndTime = new Date(world.now);
  activity.Progress = 100;
  activity.StatusCode = outcome.failure === undefined ? 'Successful' : 'Failed';
  activity.StatusMessage = outcome.failure;
  const { member } = outcome;
  world.log('autoscaling', `${group.name}: ${activity.Description}${outcome.failure ? `: ${outcome.failure}` : ''}`);
  world.emit({
    source: 'aws.autoscaling',
    detailType: `EC2 Instance ${transition} ${outcome.failure === undefined ? 'Successful' : 'Unsuccessful'}`,
    detail: {
      StatusCode: activity.StatusCode,
      Description: activity.Description,
      AutoScalingGroupName: group.name,
      ActivityId: activity.ActivityId,
      RequestId: activity.ActivityId,
      StatusMessage: outcome.failure ?? '',
      Cause: activity.Cause,
      StartTime: activity.StartTime.toISOString(),
      EndTime: activity.EndTime.toISOString(),
      Details: JSON.parse(activity.Details),
      ...(member ? { EC2InstanceId: member.id } : {}),
    },
    resources: [group.arn, ...(member ? [world.arn('ec2', `instance/${member.id}`)] : [])],
  });
}
