import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { ParentImage } from '../../image/parent-image';
import type { ParentImageOptions } from '../../image/parents/options';
import { OperatingSystemFamily, OperatingSystemVersion, type Platform } from '../../platform';
import type { Architecture, OsVersionPlan, ParentPlan, SystemPlan } from '../plan';

/** Parents that were given, by the name of their builder. */
export type GivenParents = Readonly<Record<string, ParentImage>>;

export function toParent(plan: ParentPlan, given: GivenParents): ParentImage {
  switch (plan.kind) {
    case 'given': return given[plan.builder]!;
    case 'amiId': return ParentImage.fromAmiId(plan.amiId, optionsOf(plan.system));
    case 'ssmParameter': return ParentImage.fromSsmParameter(plan.parameterName, optionsOf(plan.system));
    case 'amazonLinux2023': return ParentImage.amazonLinux2023(architectureOf(plan.architecture));
    case 'ubuntu': return ParentImage.ubuntu(OperatingSystemVersion.of(OperatingSystemFamily.UBUNTU, plan.version), architectureOf(plan.architecture));
    case 'windowsServer': return ParentImage.windowsServer(OperatingSystemVersion.of(OperatingSystemFamily.WINDOWS_SERVER, plan.version));
    case 'lookup': return ParentImage.lookup({ owner: plan.owner, names: [plan.name], ...optionsOf(plan.system) });
  }
}

const architectureOf = (architecture: Architecture): InstanceArchitecture => architecture as InstanceArchitecture;

const optionsOf = ({ platform, architecture, osVersion, rootDeviceName }: SystemPlan): ParentImageOptions => ({
  platform: platform as Platform, architecture: architectureOf(architecture), rootDeviceName, osVersion: osVersion && versionOf(osVersion),
});

const versionOf = ({ family, version }: OsVersionPlan): OperatingSystemVersion => OperatingSystemVersion.of(family as OperatingSystemFamily, version);
