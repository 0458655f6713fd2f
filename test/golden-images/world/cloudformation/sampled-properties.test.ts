import { isDeepStrictEqual } from 'node:util';
import type { NormalizedSchema } from '@smithy/core/schema';
import { membersOf } from '../../../../golden-images/src/wire/model/schema';
import { ServiceModel } from '../../../../golden-images/src/wire/model/service-model';
import { allServices, World } from '../../../../golden-images/src/world';
import { CloudFormationService } from '../../../../golden-images/src/world/cloudformation/cloudformation';
import { propertyViolations } from '../../../../golden-images/src/world/cloudformation/engine/property-constraints';
import { inputTable } from '../../../../golden-images/src/world/cloudformation/inputs';
import { brokenProperties, resourceTypes } from '../../constraints/properties';

/** Types of whose properties the models demand nothing. */
const FREE = [
  'AWS::CloudWatch::Dashboard', 'AWS::EC2::InternetGateway', 'AWS::EC2::Route', 'AWS::EC2::RouteTable', 'AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::Subnet', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::VPCGatewayAttachment', 'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription', 'AWS::SNS::TopicPolicy', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy',
];

test('every resource type of the world has a row, and no other', () => {
  expect(Object.keys(inputTable).sort()).toEqual(resourceTypes.map(([type]) => type).sort());
});

test.each(resourceTypes)('each property of %s is sent where its row says, under a member that the operation has', async (type, { properties }) => {
  const { service, operation, aliases = {}, also = {}, elsewhere = {} } = inputTable[type]!;
  const model = await ServiceModel.of(service);
  // No schema is installed for those; their members are named as the properties are.
  if (!model) return expect(['codebuild', 'logs']).toContain(service);
  const members = [...membersOf(model.operation(operation)!.input)].map(([name]) => name);
  const named = new Set(members.flatMap((member) => [aliases[member] ?? member, (aliases[member] ?? member).replace(/^./, (first) => first.toUpperCase())]));
  const sent = new Set(Object.values(also).flatMap((each) => Object.values(each)).map((path) => path.replace(/[[.].*$/, '')));
  expect(Object.keys(properties).filter((name) => !named.has(name) && !sent.has(name) && !(name in elsewhere))).toEqual([]);
  expect(Object.keys(elsewhere).filter((name) => !(name in properties) || sent.has(name))).toEqual([]);
  for (const [name, paths] of Object.entries(also)) for (const path of Object.keys(paths)) expect(hasPath(model, name, path)).toBe(true);
});

test.each(resourceTypes)('what the model forbids is found in properties of %s', (type, resource) => {
  const samples = brokenProperties(type, resource);
  expect(samples.length > 0).toBe(!FREE.includes(type));
  const found = (properties: object, value: unknown): boolean => (
    propertyViolations(type, properties).some((each) => isDeepStrictEqual(each.value, value))
  );
  const unseen = samples.filter(({ properties, value }) => !found(properties, value));
  expect(unseen.map(({ path, constraint }) => `${path.join('.')} (${constraint})`)).toEqual([]);
});

test.each(resourceTypes.filter(([type]) => !FREE.includes(type)))('a stack with a forbidden property of %s fails, and says which', async (type, resource) => {
  const world = new World();
  const cloudFormation = world.get(CloudFormationService);
  cloudFormation.register(allServices.map((service) => world.get(service)));
  const samples = brokenProperties(type, resource);
  const { properties, value } = samples[Math.floor(samples.length / 2)]!;
  const given = Object.fromEntries((resource.required ?? []).map((name) => [name, 'aaa']));
  const TemplateBody = JSON.stringify({ Resources: { Made: { Type: type, Properties: { ...given, ...properties } } } });
  await world.call(cloudFormation, 'CreateStack', { StackName: 'stack', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] });
  await cloudFormation.drive();
  const { status, events } = cloudFormation.stackState('stack')!;
  const shown = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason)
    .toMatch(new RegExp(`Properties validation failed: .*Value '${escapeRegExp(shown)}`, 's'));
});

/** Whether a path of members (lists are passed through) is in the input of an operation. */
function hasPath(model: ServiceModel, operation: string, path: string): boolean {
  let schema: NormalizedSchema | undefined = model.operation(operation)?.input;
  for (const member of path.split('.')) {
    while (schema?.isListSchema()) schema = schema.getValueSchema();
    schema = schema && new Map(membersOf(schema)).get(member);
  }
  return schema !== undefined;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
