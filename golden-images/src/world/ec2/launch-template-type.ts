import type { Properties, ResourceType } from '../kernel';
import type { Ec2Service } from './ec2';
import { unknownAttribute } from './unknown-attribute';

/** An update makes a new version and leaves the default version alone; attributes see versions made elsewhere too. */
export function launchTemplateType(ec2: Ec2Service): ResourceType {
  return {
    properties: { LaunchTemplateName: 'replace', LaunchTemplateData: 'update', TagSpecifications: 'update', VersionDescription: 'update' },
    required: ['LaunchTemplateData'],
    create: (context, properties) => {
      const { LaunchTemplate } = ec2.operations.CreateLaunchTemplate!({
        LaunchTemplateName: properties.LaunchTemplateName ?? context.generateName(128),
        LaunchTemplateData: normalised(properties.LaunchTemplateData),
        VersionDescription: properties.VersionDescription,
        TagSpecifications: properties.TagSpecifications,
      });
      ec2.tags.put(LaunchTemplate.LaunchTemplateId, context.tags);
      return LaunchTemplate.LaunchTemplateId;
    },
    update: ({ rollingBack }, LaunchTemplateId, properties, previous) => {
      const tags = properties.TagSpecifications?.find((each: Properties) => each.ResourceType === 'launch-template')?.Tags;
      ec2.tags.put(LaunchTemplateId, tags);
      if (JSON.stringify(normalised(properties.LaunchTemplateData)) === JSON.stringify(normalised(previous.LaunchTemplateData))) return;
      if (rollingBack && ec2.launchTemplates.rollbackLeavesNewest) return;
      ec2.operations.CreateLaunchTemplateVersion!({
        LaunchTemplateId,
        LaunchTemplateData: normalised(properties.LaunchTemplateData),
        VersionDescription: properties.VersionDescription,
      });
    },
    delete: (_context, LaunchTemplateId) => {
      if (ec2.launchTemplates.find(LaunchTemplateId)) ec2.operations.DeleteLaunchTemplate!({ LaunchTemplateId });
    },
    attribute: (LaunchTemplateId, name) => {
      const template = ec2.launchTemplates.require({ LaunchTemplateId });
      if (name === 'LaunchTemplateId') return template.id;
      // Of now, and not of when the stack last made a version (assumption: live-get-att).
      if (name === 'LatestVersionNumber') return String(template.latestVersion);
      if (name === 'DefaultVersionNumber') return String(template.defaultVersion);
      throw unknownAttribute('AWS::EC2::LaunchTemplate', name);
    },
  };
}

/** Templates carry numbers and booleans as strings where a parameter was resolved; the API has types. */
function normalised(value: unknown, key = ''): Properties {
  if (Array.isArray(value)) return value.map((each) => normalised(each, key));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, normalised(member, name)]));
  }
  if (BOOLEANS.includes(key) && typeof value === 'string') return (value === 'true') as unknown as Properties;
  if (NUMBERS.includes(key) && typeof value === 'string') return Number(value) as unknown as Properties;
  return value as Properties;
}

const BOOLEANS = ['EbsOptimized', 'Enabled', 'DeleteOnTermination', 'Encrypted', 'AssociatePublicIpAddress', 'DisableApiTermination', 'DisableApiStop'];
const NUMBERS = ['VolumeSize', 'Iops', 'Throughput', 'DeviceIndex', 'HttpPutResponseHopLimit', 'NetworkCardIndex'];
