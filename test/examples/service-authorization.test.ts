import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { packerBuild, webFleet } from './examples';
import { policiesOf, type Policy } from './permissions/policies';
import { complaints } from './permissions/reference';
import { builds, disks, imports, launches, packer } from './permissions/stacks';
import { ControlPlaneSettings } from '../../src/control-plane';
import { newRole, newStack } from '../image/fixture';

const stacks = {
  'web-fleet': webFleet.stack, 'packer-build': packerBuild.stack, disks, imports, builds, launches, packer, 'without-url': () => packer({ operatorUrl: false }), 'customer-key': underKey,
};
function underKey(): Stack {
  const stack = newStack('Shop');
  ControlPlaneSettings.apply(stack, { encryptionKey: new Key(stack, 'Key'), alarmActions: [new SnsAction(new Topic(stack, 'Operators'))] });
  newRole(stack);
  return stack;
}

const found = Object.entries(stacks).map(([name, stack]) => ({ name, policies: policiesOf(Template.fromStack(stack())) }));

test.each(found)('$name: every policy says what the service authorization reference knows', async ({ policies }) => {
  expect(policies.filter(({ roles }) => roles.length > 0).length).toBeGreaterThan(0);
  expect(await complaints(policies)).toEqual([]);
});

test('every action that the library names stands in one of these policies', () => {
  const source = join(__dirname, '../../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !NO_POLICIES.test(name));
  const named = files.flatMap((name) => [...readFileSync(join(source, name), 'utf8').matchAll(/'([a-z0-9-]+:[A-Z][A-Za-z]+\*?)'/g)].map(([, action]) => action!))
    .filter((action) => !NO_ACTIONS.test(action));
  const written = new Set(found.flatMap(({ policies }) => policies).flatMap(({ statements }) => statements).flatMap(({ Action }) => Action));
  expect(named.length).toBeGreaterThan(30);
  expect([...new Set(named)].filter((action) => !written.has(action))).toEqual([]);
});

/** Files that write no policy: the runtime, and the table of what public functions take. */
const NO_POLICIES = /^runtime|^private\/doors\//;

/** Condition keys. */
const NO_ACTIONS = /^(aws|dynamodb:LeadingKeys|sts:ExternalId|iam:PassedToService|iam:AWSServiceName|kms:(ViaService|CallerAccount|EncryptionContextKeys|GrantIsForAWSResource)|ec2:(LaunchTemplate|IsLaunchTemplateResource|CreateAction|Subnet|AuthorizedService)$)/;

describe('a mistake is found', () => {
  const ARN = 'arn:aws:ec2:eu-central-1:123456789012';
  const said = (Action: string | string[], resources: string[], Condition: Record<string, Record<string, unknown>> = {}): Promise<string[]> =>
    complaints([{ where: 'Policy', roles: ['Role'], statements: [{ Effect: 'Allow', Action, resources, Condition }] } satisfies Policy]);
  const TAGS = { StringEquals: { 'ec2:CreateAction': 'RunInstances' } };

  test.each<[string, Promise<string[]>, string[]]>([
    ['nothing is wrong', said('ec2:CreateTags', [`${ARN}:instance/*`], TAGS), []],
    ['an action that there is not', said('imagebuilder:GetImages', ['*']), ['Policy: there is no action imagebuilder:GetImages']],
    ['a service that there is not', said('image-builder:GetImage', ['*']), ['Policy: there is no action image-builder:GetImage']],
    ['wildcards that mean nothing', said('imagebuilder:Frob*', ['*']), ['Policy: there is no action imagebuilder:Frob*']],
    ['a misspelled condition key', said('ec2:CreateTags', ['*'], { StringEquals: { 'ec2:CreatAction': 'RunInstances' } }),
      ['Policy: ec2:CreateTags has no condition key ec2:CreatAction']],
    ['a condition key of another action', said('ec2:TerminateInstances', [`${ARN}:instance/*`], TAGS),
      ['Policy: ec2:TerminateInstances has no condition key ec2:CreateAction']],
    ['a condition key that one of the required resources does not carry', said('ec2:RunInstances', ['*'], { StringEquals: { 'ec2:InstanceType': 't3.micro' } }),
      ['Policy: ec2:RunInstances has no condition key ec2:InstanceType']],
    ['a resource where the action knows none', said('ec2:DescribeImages', ['arn:aws:ec2:eu-central-1::image/*']),
      ['Policy: ec2:DescribeImages is for none of arn:aws:ec2:eu-central-1::image/*', 'Policy: no action of ec2:DescribeImages is for arn:aws:ec2:eu-central-1::image/*']],
    ['a resource of another type', said('ec2:TerminateInstances', [`${ARN}:instance/*`, `${ARN}:volume/*`]),
      [`Policy: no action of ec2:TerminateInstances is for ${ARN}:volume/*`]],
    ['an account where the ARN has none', said('ec2:DeregisterImage', [`${ARN}:image/*`]), expect.arrayContaining([expect.stringContaining('is for none of')])],
    ['a required resource that is missing', said('ec2:CreateSnapshot', [`${ARN}:volume/*`]), ['Role: ec2:CreateSnapshot needs a resource of type snapshot']],
  ])('%s', async (_, complaint, expected) => {
    expect(await complaint).toEqual(expected);
  });
});
