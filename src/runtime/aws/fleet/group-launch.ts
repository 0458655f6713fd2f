import type { AutoScalingGroup, LaunchTemplateOverrides, LaunchTemplateSpecification, MixedInstancesPolicy } from '@aws-sdk/client-auto-scaling';

/** How a group names its launch template: by itself, or inside a mixed instances policy. */
export type GroupLaunch =
  | { readonly form: 'template'; readonly specification: LaunchTemplateSpecification }
  | { readonly form: 'mixed'; readonly policy: MixedInstancesPolicy };

/** What goes into UpdateAutoScalingGroup and into a refresh's DesiredConfiguration: the same members. */
export interface LaunchMembers {
  readonly LaunchTemplate?: LaunchTemplateSpecification;
  readonly MixedInstancesPolicy?: MixedInstancesPolicy;
}

export function launchOf({ LaunchTemplate, MixedInstancesPolicy: policy }: AutoScalingGroup): GroupLaunch | undefined {
  if (policy?.LaunchTemplate?.LaunchTemplateSpecification) return { form: 'mixed', policy };
  return LaunchTemplate ? { form: 'template', specification: LaunchTemplate } : undefined;
}

export const specificationOf = (launch: GroupLaunch): LaunchTemplateSpecification =>
  launch.form === 'mixed' ? launch.policy.LaunchTemplate!.LaunchTemplateSpecification! : launch.specification;

/** Why the controller cannot roll a group. */
export const unsupported = (group: AutoScalingGroup): string | undefined => unsupportedLaunch(launchOf(group)) ?? unsupportedPool(group);

/** Instances of a warm pool were launched before, are refreshed after the others, and go into service without a launch that proves anything. */
const unsupportedPool = ({ WarmPoolConfiguration: pool }: AutoScalingGroup): string | undefined => (pool ? 'it has a warm pool' : undefined);

/** Why instance refreshes with a desired configuration cannot roll a group. */
function unsupportedLaunch(launch: GroupLaunch | undefined): string | undefined {
  if (!launch) return 'it uses a launch configuration or none; a launch template is needed';
  if (launch.form === 'template') return undefined;
  const overrides = launch.policy.LaunchTemplate?.Overrides ?? [];
  // "Groups with InstanceRequirements can use neither DesiredConfiguration nor SkipMatching" (RefreshPreferences).
  if (overrides.some((each) => each.InstanceRequirements)) return 'its mixed instances policy selects instance types by attributes';
  // "DesiredCapacity … in units" (user guide, "Configure an Auto Scaling group to use instance weights"): a canary of one is no unit.
  if (overrides.some((each) => each.WeightedCapacity)) return 'its instance types have weights, so that its capacity counts units and not instances';
  const { LaunchTemplateId: id, LaunchTemplateName: name } = specificationOf(launch);
  const other = overrides.find(({ LaunchTemplateSpecification: own }) => own && own.LaunchTemplateId !== id && own.LaunchTemplateName !== name);
  return other ? `an override (${other.InstanceType}) uses another launch template` : undefined;
}

/** The same form with another version: a mixed instances policy goes as a whole, with every override rewritten. */
export function withVersion(launch: GroupLaunch, templateId: string, version: string, ami: string): LaunchMembers {
  const specification = { LaunchTemplateId: templateId, Version: version };
  if (launch.form === 'template') return { LaunchTemplate: specification };
  const overrides = launch.policy.LaunchTemplate!.Overrides?.map((each): LaunchTemplateOverrides => ({
    ...each,
    ...(each.LaunchTemplateSpecification ? { LaunchTemplateSpecification: specification } : {}),
    ...(each.ImageId ? { ImageId: ami } : {}),
  }));
  return {
    MixedInstancesPolicy: {
      ...launch.policy,
      LaunchTemplate: { ...launch.policy.LaunchTemplate, LaunchTemplateSpecification: specification, ...(overrides ? { Overrides: overrides } : {}) },
    },
  };
}
