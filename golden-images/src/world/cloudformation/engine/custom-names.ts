import { EngineError } from './failure';
import type { Properties } from '../../kernel';
import type { Stack } from '../stack/stack';
import type { Stacks } from '../stack/stacks';

/** The property that names a resource, of the types whose own API overwrites what has the name already, or gives it back. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::Events::Rule': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/**
 * "Resource names must be unique across all of your active stacks. [...] You can't perform an update that causes a custom-named resource to be
 * replaced." Source: AWS CloudFormation user guide, "Name type". Other types are refused by their services.
 */
export function checkCustomName(stacks: Stacks, stack: Stack, logicalId: string, type: string, properties: Properties): void {
  const property = NAMES[type];
  const name: unknown = property && properties[property];
  if (property === undefined || name === undefined) return;
  for (const owner of stacks.all.filter(({ gone }) => !gone)) {
    const taken = [...owner.resources.values(), ...owner.replaced]
      .find((each) => each.type === type && each.physicalId !== undefined && each.properties[property] === name);
    if (!taken) continue;
    if (owner === stack && taken.logicalId === logicalId) {
      throw new EngineError(`CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`);
    }
    throw new EngineError(`${name} already exists in stack ${owner.id}`);
  }
}
