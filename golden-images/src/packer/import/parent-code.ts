import { call, member, options, text, type Code } from './code';
import type { Architecture, ParentPlan, SystemPlan } from '../../../../src/packer/plan';

/** A parent as the code that makes it. */
export function parentCode(parent: ParentPlan): Code {
  switch (parent.kind) {
    case 'amiId': return call('ParentImage', 'fromAmiId', [text(parent.amiId), optionsOf(parent.system)]);
    case 'ssmParameter': return call('ParentImage', 'fromSsmParameter', [text(parent.parameterName), optionsOf(parent.system)]);
    case 'amazonLinux2023': return call('ParentImage', 'amazonLinux2023', [architectureCode(parent.architecture)]);
    case 'ubuntu': return call('ParentImage', 'ubuntu', [text(parent.version), architectureCode(parent.architecture)]);
    case 'windowsServer': return call('ParentImage', 'windowsServer', [text(parent.version)]);
    case 'given': case 'ownerAndFilter': throw new Error(`a parent of kind ${parent.kind} is refused before code is written`);
  }
}

const optionsOf = ({ platform, architecture, rootDeviceName, osVersion }: SystemPlan): Code => options({
  platform: member('Platform', platform === 'Windows' ? 'WINDOWS' : 'LINUX'),
  architecture: architectureCode(architecture),
  rootDeviceName: rootDeviceName === undefined ? undefined : text(rootDeviceName),
  osVersion: osVersion === undefined ? undefined : text(osVersion),
});

const architectureCode = (architecture: Architecture): Code =>
  member('InstanceArchitecture', architecture === 'arm64' ? 'ARM_64' : 'X86_64', 'aws-cdk-lib/aws-ec2');
