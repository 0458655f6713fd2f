import { Stack, Token } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, type AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { rendered } from './rendered';
import type { RolloutTargetConfig } from './rollout-target';
import { checkEnvironment } from '../private/environments';
import { InvalidInputError } from '../private/errors';

const FLAG = '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig';

/** A group with the launch template it launches from. */
export function bindGroup(fleet: IConstruct, construct: AutoScalingGroup): RolloutTargetConfig {
  const group = construct.node.defaultChild;
  if (!(group instanceof CfnAutoScalingGroup)) {
    throw new InvalidInputError(fleet, {
      what: `the Auto Scaling group ${construct.node.path} is only imported`,
      expected: 'a group that the stack declares',
      fix: 'use RolloutTarget.autoScalingGroupName',
    });
  }
  checkEnvironment(fleet, group, 'Auto Scaling group');
  const template = templateOf(group);
  return {
    autoScalingGroupName: construct.autoScalingGroupName,
    launchTemplateId: template.ref,
    instanceRoleArns: roleOf(construct, template),
    guarded: [group, template],
  };
}

/** What is wrong with the names of a group that is declared elsewhere. */
export function checkExisting(fleet: IConstruct, groupName: string, launchTemplateId: string): void {
  const check = (what: string, value: string, pattern: RegExp, expected: string) => {
    if (Token.isUnresolved(value) || pattern.test(value)) { return; }
    throw new InvalidInputError(fleet, { what: `the ${what} '${value}' is not valid`, expected, fix: `correct the ${what} of RolloutTarget.autoScalingGroupName` });
  };
  check('group name', groupName, /^[^:]{1,255}$/, '1 to 255 characters without a colon');
  check('launchTemplateId', launchTemplateId, /^lt-/, 'the id of a launch template, such as lt-0123456789abcdef0, and not its name');
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

/** The controller may pass this role and no other; instances without a profile need none. */
function roleOf(construct: AutoScalingGroup, template: CfnLaunchTemplate): string[] {
  const principal = construct.grantPrincipal;
  if ('roleArn' in principal) { return [principal.roleArn as string]; }
  if (rendered(template).Properties?.LaunchTemplateData?.IamInstanceProfile === undefined) { return []; }
  throw new InvalidInputError(template, {
    what: 'the role of its instance profile is not known',
    expected: 'a role that the controller is allowed to pass',
    fix: 'give the launch template a role, or an instance profile with one',
  });
}
