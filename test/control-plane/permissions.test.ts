import { Stack, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ControlPlane } from '../../src/control-plane/control-plane';
import { Fleet, RolloutTarget } from '../../src/fleet';
import { ParentImage } from '../../src/image/parent-image';
import { explainWildcards } from '../../src/private/findings';
import { channelIn, fleetWith, newStack } from '../fleet/fixture';
import { newBase, newStack as newImages } from '../image/fixture';

interface Statement {
  readonly actions: string[];
  readonly resources: string[];
  readonly condition: any;
}

/** References as `<Id>` or `<Id.Attribute>`, so that ARNs can be read. */
function text(value: any): string {
  if (typeof value === 'string') { return value; }
  if (value.Ref) { return `<${value.Ref}>`; }
  if (value['Fn::ImportValue']) { return `<${value['Fn::ImportValue']}>`; }
  return value['Fn::Join'] ? value['Fn::Join'][1].map(text).join('') : `<${value['Fn::GetAtt'].join('.')}>`;
}

/** What the function of a name may do: by its role, and by policies beside it. */
function statementsOf(template: Template, name: string): Statement[] {
  const roles = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.includes(`Handlers${name}Role`));
  expect(roles).toHaveLength(1);
  const [[id, { Properties: role }]] = roles as [[string, any]];
  expect(role.ManagedPolicyArns).toBeUndefined();
  const beside = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties).filter(({ Roles }) => Roles.some((each: any) => each.Ref === id));
  return [...role.Policies, ...beside].flatMap(({ PolicyDocument }) => PolicyDocument.Statement).map((each: any) => ({
    actions: [each.Action].flat(),
    resources: [each.Resource].flat().map(text),
    condition: each.Condition,
  }));
}

const allowing = (statements: Statement[], action: string) => statements.filter((each) => each.actions.includes(action));
const ARN = (service: string, rest: string) => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${rest}`;
const GROUP = '<AsgASGD1D7B4E2>';
const TEMPLATE = '<AsgLaunchTemplate6027899F>';

const template = Template.fromStack(Stack.of(fleetWith()));
const controller = statementsOf(template, 'Controller');

describe('the controller', () => {
  test.each(['StartInstanceRefresh', 'CancelInstanceRefresh', 'RollbackInstanceRefresh', 'UpdateAutoScalingGroup'])('%s: of the groups of fleets', (action) => {
    expect(allowing(controller, `autoscaling:${action}`).flatMap((each) => each.resources))
      .toEqual([ARN('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${GROUP}`)]);
  });

  test('makes and deletes versions of the launch templates of fleets', () => {
    ['ec2:CreateLaunchTemplateVersion', 'ec2:DeleteLaunchTemplateVersions'].forEach((action) =>
      expect(allowing(controller, action).flatMap((each) => each.resources)).toEqual([ARN('ec2', `launch-template/${TEMPLATE}`)]));
  });

  test('launches from the launch templates of fleets, and only what these name', () => {
    const [network, launches, ...more] = allowing(controller, 'ec2:RunInstances') as [Statement, Statement];
    expect(more).toEqual([]);
    expect(launches.condition).toEqual({ ArnEquals: { 'ec2:LaunchTemplate': [expect.anything()] }, Bool: { 'ec2:IsLaunchTemplateResource': 'true' } });
    expect(text(launches.condition.ArnEquals['ec2:LaunchTemplate'][0])).toBe(ARN('ec2', `launch-template/${TEMPLATE}`));
    // What a group adds; no image and no instance is among it.
    expect(network.condition).toBeUndefined();
    expect(network.resources.map((resource) => resource.replace(/^.*?:\*:/, '')).sort()).toEqual([
      'group/*', 'license-configuration:*', 'network-interface/*', 'secondary-interface/*', 'secondary-subnet/*', 'security-group/*', 'spot-instances-request/*',
      'subnet/*',
    ]);
  });

  test('reads the parameters that the launch templates of fleets name, as who uses such a template must', () => {
    expect(allowing(controller, 'ssm:GetParameters').flatMap((each) => each.resources).sort()).toEqual([
      ARN('ssm', 'parameter/golden-images/shop/fleets/*'), ARN('ssm', 'parameter/imagebuilder/golden-images/shop/*'),
    ]);
  });

  test('starts builds of its namespace, with all that starting takes', () => {
    const stack = newImages();
    newBase(stack);
    const starting = statementsOf(Template.fromStack(stack), 'Controller');
    const of = (action: string) => allowing(starting, action).flatMap((each) => each.resources);
    expect(of('imagebuilder:StartImagePipelineExecution')).toEqual([ARN('imagebuilder', 'image-pipeline/web--*')]);
    expect(of('imagebuilder:GetImagePipeline')).toEqual(of('imagebuilder:StartImagePipelineExecution'));
    expect(of('imagebuilder:TagResource')).toEqual([ARN('imagebuilder', 'image/web--*')]);
    expect(allowing(starting, 'iam:CreateServiceLinkedRole')).toEqual([{
      actions: ['iam:CreateServiceLinkedRole'],
      resources: ['arn:<AWS::Partition>:iam::<AWS::AccountId>:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder'],
      condition: { StringEquals: { 'iam:AWSServiceName': 'imagebuilder.amazonaws.com' } },
    }]);
  });

  test('passes the role of the instances, to EC2 only', () => {
    // In China the suffix is amazonaws.com.cn.
    const service = { 'Fn::Join': ['', ['ec2.', { Ref: 'AWS::URLSuffix' }]] };
    expect(allowing(controller, 'iam:PassRole')).toEqual([
      { actions: ['iam:PassRole'], resources: ['<AsgInstanceRole7946982D.Arn>'], condition: { StringEquals: { 'iam:PassedToService': service } } },
    ]);
  });

  test('tags only what a launch makes', () => {
    expect(allowing(controller, 'ec2:CreateTags').map((each) => each.condition)).toEqual([{ StringEquals: { 'ec2:CreateAction': 'RunInstances' } }]);
  });

  test('writes parameters of its namespace', () => {
    expect(allowing(controller, 'ssm:PutParameter').flatMap((each) => each.resources).sort()).toEqual([
      ARN('ssm', 'parameter/golden-images/shop/fleets/*'), ARN('ssm', 'parameter/imagebuilder/golden-images/shop/*'),
    ]);
  });

  test('cannot switch off its own pause', () => {
    const pause = ARN('ssm', 'parameter/golden-images/shop/pause');
    expect(controller.filter((each) => each.resources.includes(pause)).flatMap((each) => each.actions)).toEqual(['ssm:GetParameter']);
  });

  test('does to every resource only what reads, or is bound by a condition', () => {
    const unbound = controller.filter((each) => each.resources.includes('*') && !each.condition).flatMap((each) => each.actions);
    expect(unbound.filter((action) => !/:(Describe|List)/.test(action))).toEqual([]);
  });

  test('may do nothing to groups, templates or roles while there is no fleet', () => {
    const stack = newStack();
    ControlPlane.of(stack);
    const actions = statementsOf(Template.fromStack(stack), 'Controller').flatMap((each) => each.actions);
    expect(actions.filter((each) => /^(autoscaling|iam):|ec2:(Run|Create|Delete)/.test(each))).toEqual([]);
  });

  test('reads the channel of another stack, and nothing beside it', () => {
    const images = newStack();
    const stack = new Stack(images.node.root as App, 'Other');
    const { image } = channelIn(images);
    new Fleet(stack, 'WebFleet', { follows: image.channel('production') });
    const other = Template.fromStack(stack);
    const read = allowing(statementsOf(other, 'Controller'), 'ssm:GetParameter').flatMap((each) => each.resources);
    expect(read.filter((each) => each.includes('/shop/'))).toEqual([ARN('ssm', 'parameter/imagebuilder/golden-images/shop/web/production')]);
    const ofShop = (role: string) => allowing(statementsOf(other, role), 'dynamodb:GetItem').filter(({ condition }) => condition);
    expect(ofShop('Controller').map(({ actions, condition }) => [actions, condition])).toEqual([
      [['dynamodb:GetItem'], { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['image#shop#web'] } }],
    ]);
    expect(ofShop('Seed').map(({ condition }) => condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['image#shop#*', 'published#/imagebuilder/golden-images/shop/*'] } },
    ]);
    expect(ofShop('Controller').flatMap(({ resources }) => resources)).toEqual(['<golden-images:shop:ledger>']);
  });
});

describe('the guard', () => {
  test('only reads: the record and the status of fleets, and the state of its stack', () => {
    expect(statementsOf(template, 'Guard').flatMap((each) => each.actions).sort()).toEqual([
      'cloudformation:DescribeStacks', 'dynamodb:GetItem', 'logs:CreateLogStream', 'logs:PutLogEvents', 'ssm:GetParameter',
    ]);
  });
});

describe('the seed', () => {
  const read = (of: Template) => allowing(statementsOf(of, 'Seed'), 'ssm:GetParameter').flatMap((each) => each.resources).sort();
  const own = [
    'arn:<AWS::Partition>:ssm:<AWS::Region>::parameter/aws/service/*',
    ARN('ssm', 'parameter/golden-images/shop/fleets/*'),
    ARN('ssm', 'parameter/golden-images/shop/pause'),
    ARN('ssm', 'parameter/imagebuilder/golden-images/shop/*'),
  ].sort();

  test('reads what AWS publishes and what the namespace holds, however many channels fleets start from', () => {
    expect(read(template)).toEqual(own);
  });

  test('reads a parameter of somebody else that a fleet starts from', () => {
    const fleet = fleetWith({ initialAmi: ParentImage.fromSsmParameter('/company/first') });
    expect(read(Template.fromStack(Stack.of(fleet)))).toEqual([...own, ARN('ssm', 'parameter/company/first')].sort());
  });
});

describe('the registry', () => {
  test('writes the ledger and asks for a look', () => {
    expect(statementsOf(template, 'Registry').flatMap((each) => each.actions).sort()).toEqual([
      'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage',
    ]);
  });
});

test('a group without a role gives no right to pass one', () => {
  const stack = newStack();
  const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
  fleet.addTarget(RolloutTarget.autoScalingGroupName('legacy', { launchTemplateId: 'lt-1' }));
  expect(allowing(statementsOf(Template.fromStack(stack), 'Controller'), 'iam:PassRole')).toEqual([]);
});

test('a wildcard without a reason is a mistake of ours', () => {
  const stack = newStack();
  expect(() => explainWildcards(stack, new PolicyStatement({ actions: ['a:b'], resources: ['*'] }).resources, undefined)).toThrow(/no reason is given for the wildcards in \*/);
});
