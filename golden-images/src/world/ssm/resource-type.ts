import { AwsError, type Properties, type ResourceType } from '../kernel';
import type { SsmService } from './ssm';

/** `AWS::SSM::Parameter`. CloudFormation reads an `aws:ec2:image` parameter back, so an unknown AMI fails the resource. */
export function parameterResource(ssm: SsmService): ResourceType {
  const write = (name: string, properties: Properties, overwrite: boolean): void => {
    ssm.put({ ...pick(properties), Name: name, Value: properties.Value, Overwrite: overwrite });
    if (ssm.value(name) !== properties.Value) throw new AwsError('ValidationException', `the value ${properties.Value} of ${name} is no available AMI`);
  };
  return {
    properties: {
      Name: 'replace', Type: 'update', Value: 'update', Description: 'update', AllowedPattern: 'update', Tier: 'update', DataType: 'update', Tags: 'update',
    },
    create: (context, properties) => {
      const name = properties.Name ?? context.generateName(128);
      write(name, properties, false);
      return name;
    },
    update: (_context, physicalId, properties) => write(physicalId, properties, true),
    delete: (_context, physicalId) => {
      if (ssm.find(physicalId)) ssm.remove(physicalId);
    },
    attribute: (physicalId, name) => {
      const parameter = ssm.find(physicalId);
      if (name === 'Value') return parameter?.versions.at(-1)?.value;
      if (name === 'Type') return parameter?.type;
      throw new AwsError('ValidationError', `AWS::SSM::Parameter has no attribute ${name}`);
    },
  };
}

function pick(properties: Properties): Properties {
  const { Type, Description, AllowedPattern, Tier, DataType, Tags } = properties;
  const tags = Tags && Object.entries(Tags as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
  const picked = { Type, Description, AllowedPattern, Tier, DataType, Tags: tags };
  return Object.fromEntries(Object.entries(picked).filter(([, value]) => value !== undefined));
}
