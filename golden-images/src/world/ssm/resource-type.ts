import { AwsError, type Properties, type ResourceType, type Timeline } from '../kernel';
import type { SsmService } from './ssm';

const LOOK_MILLISECONDS = 1000;
const PATIENCE_MILLISECONDS = 5 * 60_000;

/**
 * `AWS::SSM::Parameter`. CloudFormation waits until an `aws:ec2:image` parameter has its value; it never does with an AMI that there is not
 * (aws-cloudformation/cloudformation-coverage-roadmap#1650), so the resource fails.
 */
export function parameterResource(ssm: SsmService, timeline: Timeline): ResourceType {
  const write = async (name: string, properties: Properties, overwrite: boolean): Promise<void> => {
    ssm.put({ ...pick(properties), Name: name, Value: properties.Value, Overwrite: overwrite });
    for (let waited = 0; ssm.value(name) !== properties.Value; waited += LOOK_MILLISECONDS) {
      if (waited >= PATIENCE_MILLISECONDS) throw new AwsError('ValidationException', `the value ${properties.Value} of ${name} is no available AMI`);
      await timeline.sleep(LOOK_MILLISECONDS, `stabilizing ${name}`);
    }
  };
  return {
    properties: {
      Name: 'replace', Type: 'update', Value: 'update', Description: 'update', AllowedPattern: 'update', Tier: 'update', DataType: 'update', Tags: 'update',
    },
    create: async (context, properties) => {
      const name = properties.Name ?? context.generateName(128);
      await write(name, properties, false);
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
