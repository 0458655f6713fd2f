import { unknownAttribute } from '../ec2/unknown-attribute';
import type { ResourceType } from '../kernel';
import type { AutoScalingService } from './auto-scaling';
import { groupType } from './group-type';

/** The CloudFormation resource types of Auto Scaling. */
export function autoScalingResourceTypes(service: AutoScalingService): Record<string, ResourceType> {
  return {
    'AWS::AutoScaling::AutoScalingGroup': groupType(service),
    'AWS::AutoScaling::LifecycleHook': lifecycleHook(service),
    'AWS::AutoScaling::ScalingPolicy': scalingPolicy(service),
  };
}

function lifecycleHook(service: AutoScalingService): ResourceType {
  const properties = {
    AutoScalingGroupName: 'replace',
    LifecycleHookName: 'replace',
    LifecycleTransition: 'update',
    HeartbeatTimeout: 'update',
    DefaultResult: 'update',
    NotificationTargetARN: 'update',
    NotificationMetadata: 'update',
    RoleARN: 'update',
  } as const;
  return {
    properties,
    create: (context, input) => {
      const LifecycleHookName = input.LifecycleHookName ?? context.generateName(255);
      service.operations.PutLifecycleHook!({ ...input, LifecycleHookName });
      return LifecycleHookName;
    },
    update: (_context, LifecycleHookName, input) => service.operations.PutLifecycleHook!({ ...input, LifecycleHookName }),
    delete: (_context, name, input) => { service.find(input.AutoScalingGroupName)?.hooks.delete(name); },
    attribute: (_name, attribute) => { throw unknownAttribute('AWS::AutoScaling::LifecycleHook', attribute); },
  };
}

/** Recorded: nothing in the model puts load on a group. */
function scalingPolicy(service: AutoScalingService): ResourceType {
  const names = ['PolicyType', 'TargetTrackingConfiguration', 'StepAdjustments', 'AdjustmentType', 'ScalingAdjustment', 'Cooldown', 'EstimatedInstanceWarmup',
    'MetricAggregationType', 'MinAdjustmentMagnitude', 'PredictiveScalingConfiguration'];
  return {
    properties: { AutoScalingGroupName: 'replace', ...Object.fromEntries(names.map((name) => [name, 'update' as const])) },
    create: (context, input) => service.operations.PutScalingPolicy!({ ...input, PolicyName: context.generateName(255) }).PolicyARN,
    update: (_context, arn, input) => service.operations.PutScalingPolicy!({ ...input, PolicyName: policyName(arn) }),
    delete: (_context, arn, { AutoScalingGroupName }) => service.operations.DeletePolicy!({ AutoScalingGroupName, PolicyName: policyName(arn) }),
    attribute: (arn, name) => {
      if (name === 'Arn') return arn;
      if (name === 'PolicyName') return policyName(arn);
      throw unknownAttribute('AWS::AutoScaling::ScalingPolicy', name);
    },
  };
}

function policyName(arn: string): string {
  return arn.split(':policyName/')[1]!;
}
