import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ControlPlaneSettings } from '../../src/control-plane';
import { NAMES_PER_POLICY } from '../../src/control-plane/growing-policy';
import { Fleet, RolloutTarget } from '../../src/fleet';
import { channelIn, newStack } from '../fleet/fixture';

/** As long as AWS allows; the partition and region with the longest names. */
const PSEUDO: Record<string, string> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-2',
  'AWS::AccountId': '123456789012',
  'AWS::StackId': 's'.repeat(230),
  'AWS::URLSuffix': 'amazonaws.com.cn',
};
const long = (start: string, length: number) => start.padEnd(length, 'x');

/** A value as it is deployed: references as long as what they refer to may be. */
function deployed(value: any): any {
  if (Array.isArray(value)) { return value.map(deployed); }
  if (value === null || typeof value !== 'object') { return value; }
  if (value.Ref) { return PSEUDO[value.Ref] ?? long(value.Ref, 80); }
  if (value['Fn::GetAtt']) { return long('arn:', 150); }
  if (value['Fn::Join']) { return value['Fn::Join'][1].map(deployed).join(''); }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deployed(each)]));
}

const size = (document: unknown) => JSON.stringify(deployed(document)).length;

/** One fleet with so many groups, of the longest names, under a customer key. */
function stackWith(groups: number): Stack {
  const stack = newStack('Shop'.padEnd(50, 'x'));
  ControlPlaneSettings.apply(stack, { encryptionKey: new Key(stack, 'Key') });
  const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
  for (let index = 0; index < groups; index += 1) {
    const instanceRole = Role.fromRoleArn(stack, `Role${index}`, long(`arn:aws-us-gov:iam::123456789012:role/${index}`, 110));
    fleet.addTarget(RolloutTarget.autoScalingGroupName(long(`group-${index}-`, 255), { launchTemplateId: long(`lt-${index}-`, 20), instanceRole }));
  }
  return stack;
}

function policiesOf(template: Template): { inline: number; managed: number[] } {
  const [[id, role]] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([name]) => name.includes('HandlersController')) as [[string, any]];
  const beside = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties).filter(({ Roles }) => Roles.some((each: any) => each.Ref === id));
  return {
    // All inline policies of a role together ("IAM and AWS STS quotas").
    inline: [...role.Properties.Policies, ...beside].reduce((sum, { PolicyDocument }) => sum + size(PolicyDocument), 0),
    managed: Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map((each) => size(each.Properties.PolicyDocument)),
  };
}

const statements = (template: Template): any[] => [
  ...Object.values(template.findResources('AWS::IAM::Role')).flatMap((each) => each.Properties.Policies ?? []),
  ...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => Object.values(template.findResources(type))).map((each) => each.Properties),
].flatMap((each) => each.PolicyDocument.Statement);

const MOST = 11 * NAMES_PER_POLICY;

test('few groups need no policy of their own', () => {
  expect(policiesOf(Template.fromStack(stackWith(NAMES_PER_POLICY))).managed).toEqual([]);
});

test('the most groups, with the longest names, fit into what IAM allows; each is in one policy, all of it', () => {
  const template = Template.fromStack(stackWith(MOST));
  const { inline, managed } = policiesOf(template);
  expect(inline).toBeLessThan(10_240);
  expect(managed).toHaveLength(10);
  expect(Math.max(...managed)).toBeLessThan(6_144);
  const of = (action: string) => statements(template).filter((each) => [each.Action].flat().includes(action));
  expect(of('autoscaling:StartInstanceRefresh').flatMap((each) => each.Resource)).toHaveLength(MOST);
  expect(of('ec2:CreateLaunchTemplateVersion').flatMap((each) => each.Resource)).toHaveLength(MOST);
  expect(of('iam:PassRole').flatMap((each) => each.Resource)).toHaveLength(MOST);
  expect(of('ec2:RunInstances').flatMap((each) => each.Condition?.ArnEquals['ec2:LaunchTemplate'] ?? [])).toHaveLength(MOST);
  expect(of('autoscaling:DescribeAutoScalingGroups')).toHaveLength(1);
});

test('one group more is an error that says what to do', () => {
  expect(() => stackWith(MOST + 1)).toThrow(
    /Handlers\/Controller: the fleets of the stack have more than 88 groups.*; expected at most 88.*; declare some of the fleets in another stack/,
  );
});

test('channels of other stacks take room too', () => {
  const images = newStack('Images'.padEnd(50, 'x'));
  const stack = new Stack(images.node.root as App, 'Servers');
  const { image } = channelIn(images);
  for (let index = 0; index <= NAMES_PER_POLICY; index += 1) {
    new Fleet(stack, `Fleet${index}`, { follows: image.channel(long(`c${index}`, 50)) });
  }
  const { inline, managed } = policiesOf(Template.fromStack(stack));
  expect(inline).toBeLessThan(10_240);
  expect(managed).toHaveLength(1);
});
