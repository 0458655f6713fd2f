import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { ParentImage, type ParentImageOptions } from '../../image/parent-image';
import type { Platform } from '../../image/platform';
import { InvalidInputError } from '../../private/errors';
import type { ParentPlan, SystemPlan } from '../plan';

/** Parents that were given, by the name of their builder. */
export type GivenParents = Readonly<Record<string, ParentImage>>;

export function toParent(plan: ParentPlan, given: GivenParents): ParentImage {
  switch (plan.kind) {
    case 'given': return given[plan.builder]!;
    case 'amiId': return ParentImage.fromAmiId(plan.amiId, optionsOf(plan.system));
    case 'ssmParameter': return ParentImage.fromSsmParameter(plan.parameterName, optionsOf(plan.system));
    case 'amazonLinux2023': return ParentImage.amazonLinux2023(plan.architecture as InstanceArchitecture);
    case 'ubuntu': return ParentImage.ubuntu(plan.version, plan.architecture as InstanceArchitecture);
    case 'windowsServer': return ParentImage.windowsServer(plan.version);
    // The mapping refuses it already.
    case 'ownerAndFilter': throw new InvalidInputError('PackerTemplate', {
      what: 'the parent is found by a search', expected: 'one that the service follows by itself', fix: 'name it by `parents`',
    });
  }
}

const optionsOf = ({ platform, architecture, ...others }: SystemPlan): ParentImageOptions =>
  ({ platform: platform as Platform, architecture: architecture as InstanceArchitecture, ...others });
