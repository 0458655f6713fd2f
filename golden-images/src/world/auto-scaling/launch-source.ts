import { Ec2Service } from '../ec2';
import { AwsError, NotModelled, Properties, refuseUnknown, World } from '../kernel';
import type { LaunchSource, TemplateReference } from './model';

export interface ResolvedSource {
  readonly template: TemplateReference;
  readonly data: Properties;
  readonly instanceType: string;
}

/** A launch source of a request in the form in which it is kept: template id and name both, version written out. */
export function normaliseSource(world: World, input: Properties): LaunchSource {
  if (input.LaunchTemplate && input.MixedInstancesPolicy) {
    throw validation('Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.');
  }
  if (input.LaunchTemplate) return { LaunchTemplate: reference(world, input.LaunchTemplate) };
  const policy = input.MixedInstancesPolicy as Properties;
  refuseUnknown('autoscaling MixedInstancesPolicy', policy, ['LaunchTemplate', 'InstancesDistribution']);
  const overrides = (policy.LaunchTemplate?.Overrides ?? []) as Properties[];
  overrides.forEach(requireModelledOverride);
  return {
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: reference(world, policy.LaunchTemplate.LaunchTemplateSpecification),
        Overrides: overrides.map((each) => ({
          ...each,
          ...(each.LaunchTemplateSpecification ? { LaunchTemplateSpecification: reference(world, each.LaunchTemplateSpecification) } : {}),
        })),
      },
      InstancesDistribution: policy.InstancesDistribution,
    },
  };
}

/** The template, its data and the instance type of the next launch. Throws what EC2 says when one of them is gone. */
export function resolveSource(world: World, source: LaunchSource): ResolvedSource {
  const mixed = source.MixedInstancesPolicy?.LaunchTemplate;
  const override = mixed?.Overrides?.[0] as Properties | undefined;
  const wanted = source.LaunchTemplate ?? override?.LaunchTemplateSpecification ?? mixed.LaunchTemplateSpecification;
  const template = world.get(Ec2Service).launchTemplates.require({ LaunchTemplateId: wanted.LaunchTemplateId });
  const version = template.require(wanted.Version);
  const data: Properties = { ...version.data, ...(override?.ImageId ? { ImageId: override.ImageId } : {}) };
  return {
    template: { LaunchTemplateId: template.id, LaunchTemplateName: template.name, Version: String(version.number) },
    data,
    instanceType: override?.InstanceType ?? data.InstanceType,
  };
}

/** Refuses a source from which no instance could be launched now, as Auto Scaling does when a group is made or changed. */
export function validateSource(world: World, source: LaunchSource): void {
  try {
    const { data, instanceType } = resolveSource(world, source);
    const ec2 = world.get(Ec2Service);
    if (data.InstanceRequirements) throw new NotModelled('groups with InstanceRequirements');
    if (!data.ImageId) throw new AwsError('MissingParameter', 'The request must contain the parameter ImageId');
    if (!instanceType) throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceType');
    ec2.images.requireLaunchable(ec2.resolveImage(data.ImageId));
  } catch (error) {
    if (error instanceof NotModelled) throw error;
    throw validation(`You must use a valid fully-formed launch template. ${(error as Error).message}`);
  }
}

/** The versions by which templates are named, as written: `$Latest`, `$Default` or a number. */
export function templateReferences(source: LaunchSource): TemplateReference[] {
  const mixed = source.MixedInstancesPolicy?.LaunchTemplate;
  const overridden = (mixed?.Overrides ?? []).map((each: Properties) => each.LaunchTemplateSpecification).filter(Boolean);
  return source.LaunchTemplate ? [source.LaunchTemplate] : [mixed.LaunchTemplateSpecification, ...overridden];
}

/** Whether a template of the source takes its AMI from a Systems Manager parameter. */
export function usesParameter(world: World, source: LaunchSource): boolean {
  return templateReferences(source).some(({ LaunchTemplateId, Version }) => {
    const data = world.get(Ec2Service).launchTemplates.find(LaunchTemplateId)?.find(Version)?.data;
    return String(data?.ImageId ?? '').startsWith('resolve:ssm:');
  });
}

/** Instance types that the source can launch; undefined: the one of the template. */
export function instanceTypes(source: LaunchSource): string[] | undefined {
  const types = (source.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []).map((each: Properties) => each.InstanceType).filter(Boolean);
  return types.length > 0 ? types : undefined;
}

export function validation(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

function reference(world: World, input: Properties): TemplateReference {
  refuseUnknown('autoscaling LaunchTemplateSpecification', input, ['LaunchTemplateId', 'LaunchTemplateName', 'Version']);
  const version = String(input.Version ?? '$Default');
  try {
    const given = input.LaunchTemplateId ? { LaunchTemplateId: input.LaunchTemplateId } : { LaunchTemplateName: input.LaunchTemplateName };
    const template = world.get(Ec2Service).launchTemplates.require(given);
    template.require(version);
    return { LaunchTemplateId: template.id, LaunchTemplateName: template.name, Version: version };
  } catch (error) {
    throw validation(`You must use a valid fully-formed launch template. ${(error as Error).message}`);
  }
}

function requireModelledOverride(override: Properties): void {
  refuseUnknown('autoscaling LaunchTemplateOverrides', override, ['InstanceType', 'LaunchTemplateSpecification', 'ImageId']);
}
