import { CfnCondition, Fn, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, LaunchTemplate, UserData, type CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { channelIn, fleetWith, groupOf, newStack } from './fixture';
import { Fleet, RolloutTarget, type IFleet, type RolloutTargetConfig } from '../../src/fleet';
import { dependencyCycle } from '../examples/dependency-cycle';

const TYPE = 'Custom::GoldenImagesLaunchTemplate';
const asg = (fleet: Fleet, id = 'Asg') => Stack.of(fleet).node.findChild(id) as AutoScalingGroup;
const cfnTemplate = (fleet: Fleet) => asg(fleet).node.findChild('LaunchTemplate').node.defaultChild as CfnLaunchTemplate;
const records = (fleet: Fleet): Array<[string, any]> => Object.entries(Template.fromStack(Stack.of(fleet)).findResources(TYPE));
const recordOf = (fleet: Fleet): any => records(fleet)[0]![1];

test('each launch template of a fleet has a record, after it and before its group', () => {
  const fleet = fleetWith();
  const template = Template.fromStack(Stack.of(fleet));
  const [[id, { Properties: record }]] = Object.entries<any>(template.findResources(TYPE)) as [[string, any]];
  const [[templateId, { Properties: { LaunchTemplateData: data } }]] = Object.entries<any>(template.findResources('AWS::EC2::LaunchTemplate')) as [[string, any]];
  expect(record).toMatchObject({
    Namespace: 'shop', Fleet: 'web-fleet', LaunchTemplateId: { Ref: templateId }, LatestVersion: { 'Fn::GetAtt': [templateId, 'LatestVersionNumber'] }, Data: data,
  });
  expect(record.Overrides).toBeUndefined();
  expect(Object.values<any>(template.findResources('AWS::AutoScaling::AutoScalingGroup'))[0].DependsOn).toContain(id);
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
});

test('it sends what the template is really made of: overrides, aspects, tags that come late', () => {
  const fleet = fleetWith();
  cfnTemplate(fleet).addPropertyOverride('LaunchTemplateData.KeyName', 'ops');
  asg(fleet).addUserData('echo late');
  const { Data } = recordOf(fleet).Properties;
  expect(Data.KeyName).toBe('ops');
  expect(JSON.stringify(Data.UserData)).toContain('echo late');
});

test('a deploy that changes neither template nor overrides does not touch it', () => {
  const properties = (group: Parameters<typeof fleetWith>[1]) => recordOf(fleetWith({}, group)).Properties;
  expect(properties({ maxCapacity: 7 })).toEqual(properties({}));
  expect(properties({ instanceType: new InstanceType('t3.small') })).not.toEqual(properties({}));
});

test('overrides of a mixed instances policy are sent', () => {
  const stack = newStack();
  const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
  const launchTemplate = new LaunchTemplate(stack, 'Lt', { machineImage: fleet.machineImage, instanceType: new InstanceType('t3.small') });
  const launchTemplateOverrides = [{ instanceType: new InstanceType('t3.small') }, { instanceType: new InstanceType('t3.large') }];
  fleet.addTarget(RolloutTarget.autoScalingGroup(groupOf(fleet, { mixedInstancesPolicy: { launchTemplate, launchTemplateOverrides } })));
  expect(recordOf(fleet).Properties.Overrides).toEqual([{ InstanceType: 't3.small' }, { InstanceType: 't3.large' }]);
});

test('logical ids follow fleet and group, and stay where another group comes', () => {
  const build = (...ids: string[]) => {
    const stack = newStack();
    const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
    ids.forEach((id) => fleet.addTarget(RolloutTarget.autoScalingGroup(groupOf(fleet, {}, id))));
    return Object.fromEntries(records(fleet).map(([id, { Properties }]) => [Properties.LaunchTemplateId.Ref.slice(0, 4), id]));
  };
  expect(Object.values(build('BlueAsg'))).toEqual([expect.stringMatching(/^GoldenImagesLaunchTemplateWebFleet[0-9A-Fa-f]{16}$/)]);
  expect(build('CyanAsg', 'BlueAsg').Blue).toBe(build('BlueAsg').Blue);
});

test('two groups with one launch template have a record each', () => {
  const stack = newStack();
  const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
  const launchTemplate = new LaunchTemplate(stack, 'Lt', { machineImage: fleet.machineImage, instanceType: new InstanceType('t3.small') });
  ['One', 'Two'].forEach((id) => fleet.addTarget(RolloutTarget.autoScalingGroup(groupOf(fleet, { launchTemplate }, id))));
  expect(records(fleet)).toHaveLength(2);
});

test('a template that a condition leaves out is not named', () => {
  const fleet = fleetWith();
  cfnTemplate(fleet).cfnOptions.condition = new CfnCondition(Stack.of(fleet), 'Wanted', { expression: Fn.conditionEquals('a', 'b') });
  expect(recordOf(fleet).Condition).toBe('Wanted');
  expect(recordOf(fleetWith()).Condition).toBeUndefined();
});

test('a stack without a guarded launch template has no function for it', () => {
  const stack = newStack();
  const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
  fleet.addTarget(RolloutTarget.autoScalingGroupName('legacy', { launchTemplateId: 'lt-0123456789abcdef0' }));
  const functions = (each: Fleet) => Object.keys(Template.fromStack(Stack.of(each)).findResources('AWS::Lambda::Function')).filter((id) => id.includes('Recorder')).length;
  expect([functions(fleet), functions(fleetWith())]).toEqual([0, 1]);
});

test('the launch template of a target of one\'s own is recorded too', () => {
  class Own extends RolloutTarget {
    public bind(_scope: Construct, fleet: IFleet): RolloutTargetConfig {
      const launchTemplate = new LaunchTemplate(Stack.of(fleet), 'Lt', { machineImage: fleet.machineImage, instanceType: new InstanceType('t3.small') });
      return { autoScalingGroupName: 'own', launchTemplateId: launchTemplate.launchTemplateId!, guarded: [launchTemplate.node.defaultChild!] };
    }
  }
  const stack = newStack();
  const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
  fleet.addTarget(new Own());
  expect(records(fleet)).toHaveLength(1);
});

describe('is refused at synthesis:', () => {
  test.each([
    ['secretsmanager', SecretValue.secretsManager('db')],
    ['ssm-secure', SecretValue.ssmSecure('db', '1')],
  ])('a secret in user data, by a dynamic reference to %s', (_name, secret) => {
    const userData = UserData.forLinux();
    userData.addCommands(`echo ${secret.unsafeUnwrap()}`);
    expect(() => records(fleetWith({}, { userData })))
      .toThrow(/Shop\/Asg\/ASG: UserData of the launch template holds a secret by a dynamic reference.*; expected none; let the instance read the secret by its role/);
  });

  test.each([{ ImageId: 'ami-1' }, { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1' } }])('an override that a condition brings in with %j', (own) => {
    const fleet = fleetWith();
    const override = { InstanceType: 't3.micro', ...own };
    (asg(fleet).node.defaultChild as CfnAutoScalingGroup).addPropertyOverride('MixedInstancesPolicy.LaunchTemplate.Overrides', {
      'Fn::If': ['Wanted', [override], [{ 'Fn::If': ['Other', { InstanceType: 't3.micro' }, { Ref: 'AWS::NoValue' }] }]],
    });
    expect(() => records(fleet)).toThrow(/the override for "t3.micro" brings its own launch template or image/);
  });
});
