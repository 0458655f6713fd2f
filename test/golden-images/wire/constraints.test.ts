import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AutoScalingClient, DescribeInstanceRefreshesCommand, StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, DescribeLaunchTemplatesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { CreateComponentCommand, CreateImageRecipeCommand, ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { DescribeParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { World } from '../../../golden-images/src/world/kernel';
import table from '../../../golden-images/src/world/kernel/constraints/constraints.json';
import { expression } from '../../../golden-images/src/world/kernel/constraints/sentences';
import exceptions from '../../../scripts/constraints/exceptions.json';

const world = new World();
const config = {
  region: world.region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, endpoint: 'http://localhost', maxAttempts: 1, requestHandler: inProcessHandler(world),
};
const builder = new ImagebuilderClient(config);
const scaling = new AutoScalingClient(config);
const ec2 = new EC2Client(config);
const ssm = new SSMClient(config);
const events = new EventBridgeClient(config);
const component = { name: 'nginx', semanticVersion: '1.0.0', platform: 'Linux' as const, data: 'x', clientToken: 't' };

test.each<[string, Promise<unknown>, string, string]>([
  ['a pattern', builder.send(new CreateComponentCommand({ ...component, name: 'bad/name' })), 'InvalidParameterValueException',
    "1 validation error detected: Value 'bad/name' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[-_A-Za-z"],
  ['an enumeration', builder.send(new CreateComponentCommand({ ...component, platform: 'linux' as never })), 'InvalidParameterValueException',
    "Value 'linux' at 'platform' failed to satisfy constraint: Member must satisfy enum value set: ["],
  ['two at once', builder.send(new CreateComponentCommand({ ...component, semanticVersion: '1.x', platform: 'BSD' as never })), 'InvalidParameterValueException',
    '2 validation errors detected: '],
  ['a missing member beside a wrong one', builder.send(new CreateComponentCommand({ ...component, name: undefined, semanticVersion: 'x' })), 'ValidationException',
    "2 validation errors detected: Value null at 'name'"],
  ['a member of a structure in a list', builder.send(new CreateImageRecipeCommand({
    name: 'web', semanticVersion: '1.0.0', parentImage: 'ami-1', clientToken: 't', blockDeviceMappings: [{ ebs: { volumeSize: 0 } }],
  })), 'InvalidParameterValueException', "Value '0' at 'blockDeviceMappings[0].ebs.volumeSize' failed to satisfy constraint: Member must have value greater than or equal to 1"],
  ['a number that is too large', scaling.send(new StartInstanceRefreshCommand({ AutoScalingGroupName: 'g', Preferences: { MinHealthyPercentage: 101 } })), 'ValidationError',
    "Value '101' at 'preferences.MinHealthyPercentage' failed to satisfy constraint: Member must have value less than or equal to 100"],
  ['an item of a list', scaling.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: 'g', InstanceRefreshIds: [''] })), 'ValidationError',
    "at 'instanceRefreshIds[0]' failed to satisfy constraint: Member must have length greater than or equal to 1"],
  ['a page that is too large', ec2.send(new DescribeLaunchTemplatesCommand({ MaxResults: 1000 })), 'InvalidParameterValue', "Value '1000' at 'maxResults'"],
  ['the name of a launch template', ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: 'a b', LaunchTemplateData: { ImageId: 'ami-1' } })),
    'InvalidLaunchTemplateName.MalformedException', "'a b'"],
  ['the type of a parameter', ssm.send(new PutParameterCommand({ Name: 'a', Value: 'b', Type: 'string' as never })), 'ValidationException', "Value 'string' at 'type'"],
  ['a page of parameters', ssm.send(new DescribeParametersCommand({ MaxResults: 51 })), 'ValidationException', "Value '51' at 'maxResults'"],
  ['a pattern without anchors holds for the whole', events.send(new PutRuleCommand({ Name: 'my rule', ScheduleExpression: 'rate(1 day)' })), 'ValidationException',
    "Value 'my rule' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"],
])('%s of the service model is enforced', async (_, call, name, message) => {
  await expect(call).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
});

test('the table is that of the botocore that scripts/constraints pins', () => {
  expect(`${table.source.replace(' ', '==')}\n`).toBe(readFileSync(join(__dirname, '../../../scripts/constraints/requirements.txt'), 'utf8'));
});

test('what is known to be wrong in the models has a source', () => {
  expect(exceptions.filter(({ why, source }) => !why || !/^https:|reference/.test(source))).toEqual([]);
});

describe.each(Object.entries(table.services))('the constraints of %s', (_, { shapes, structures }) => {
  test('have patterns that compile', () => {
    for (const { pattern } of Object.values(shapes) as Array<{ pattern?: string }>) if (pattern) expect(() => expression(pattern)).not.toThrow();
  });

  test('name shapes that are there', () => {
    const named = Object.values(structures as Record<string, Record<string, string>>).flatMap((members) => Object.values(members));
    expect(named.filter((name) => !(name in shapes) && !(name in structures))).toEqual([]);
  });
});
