import { Stack } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, type AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { rendered } from './rendered';
import type { RolloutTargetConfig } from './rollout-target';
import { InvalidInputError } from '../private/errors';

const FLAG = '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig';

/** A group with the launch template it launches from. */
export function bindGroup(construct: AutoScalingGroup): RolloutTargetConfig {
  const group = construct.node.defaultChild as CfnAutoScalingGroup;
  const template = templateOf(group);
  return {
    autoScalingGroupName: construct.autoScalingGroupName,
    launchTemplateId: template.ref,
    instanceRoleArns: roleOf(construct),
    guarded: [group, template],
  };
}

function templateOf(group: CfnAutoScalingGroup): CfnLaunchTemplate {
  const stack = Stack.of(group);
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = rendered(group).Properties ?? {};
  if (LaunchConfigurationName !== undefined) {
    throw new InvalidInputError(group, {
      what: 'the group uses a launch configuration, which has no versions to go back to',
      expected: 'a launch template',
      fix: `set the feature flag '${FLAG}' to true in cdk.json, or give the group a launchTemplate`,
    });
  }
  const specification = LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  const template = stack.node.findAll().find((child): child is CfnLaunchTemplate =>
    child instanceof CfnLaunchTemplate && Stack.of(child) === stack
    && stack.resolve(child.logicalId) === specification?.LaunchTemplateId?.Ref);
  if (!template) {
    throw new InvalidInputError(group, {
      what: `the launch template ${JSON.stringify(specification?.LaunchTemplateId ?? specification?.LaunchTemplateName)} is declared elsewhere`,
      expected: `a launch template of the stack '${stack.node.path}'`,
      fix: 'declare it there, or add the group with RolloutTarget.autoScalingGroupName',
    });
  }
  return template;
}

/** Every role that a construct of ours or of the user gave the group; a group without one passes none. */
function roleOf(construct: AutoScalingGroup): string[] {
  const principal = construct.grantPrincipal;
  return 'roleArn' in principal ? [principal.roleArn as string] : [];
}
