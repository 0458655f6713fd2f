import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { HealthChecks, AdditionalHealthCheckType } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType, LaunchTemplate, type CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { channelIn, fleetWith, groupOf, newStack } from './fixture';
import { Fleet, ProtectedInstances, RolloutTarget } from '../../src/fleet';
import { ParentImage } from '../../src/image/parent-image';

const PARAMETER = '/golden-images/shop/fleets/web-fleet/image';

const documentOf = (template: Template, type: string, property: string): any => {
  const [resource] = Object.values(template.findResources(type));
  const value = resource!.Properties[property];
  const text = typeof value === 'string' ? value : value['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
  return JSON.parse(text);
};

test('a group launches what the parameter of the fleet holds', () => {
  const template = Template.fromStack(Stack.of(fleetWith()));
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: Match.objectLike({ ImageId: `resolve:ssm:${PARAMETER}` }) });
});

test('the registry records the fleet with its group, its channel and a policy that is written out', () => {
  const stack = newStack();
  const alarm = new Alarm(stack, 'Errors', { metric: new Metric({ namespace: 'Shop', metricName: 'Errors' }), threshold: 1, evaluationPeriods: 1 });
  const fleet = fleetWith({ rollout: { alarms: [alarm], bakeTime: Duration.hours(1), protectedInstances: ProtectedInstances.REFRESH } }, {}, stack);
  const { fleets } = documentOf(Template.fromStack(Stack.of(fleet)), 'Custom::GoldenImagesRegistry', 'Document');
  expect(fleets).toEqual([{
    name: 'web-fleet',
    follows: { image: 'web', channel: 'production', parameterName: '/imagebuilder/golden-images/shop/web/production' },
    parameterName: PARAMETER,
    statusName: '/golden-images/shop/fleets/web-fleet/status',
    targets: [{ type: 'auto-scaling-group', groupName: '<AsgASGD1D7B4E2>', launchTemplateId: '<AsgLaunchTemplate6027899F>', templateVersions: 'recorded' }],
    rollout: {
      minHealthyPercentage: 100,
      maxHealthyPercentage: 110,
      canaryInstances: 1,
      canarySeconds: 300,
      bakeSeconds: 3600,
      healthTimeoutSeconds: 300,
      healthTimeoutFollowsGrace: true,
      timeoutSeconds: 43200,
      alarmNames: ['<ErrorsFA5270DE>'],
      protectedInstances: 'refresh',
      standbyInstances: 'wait',
      autoRollback: true,
    },
  }]);
});

describe('the first image', () => {
  test.each([
    ['the channel', undefined, { type: 'parameter', name: '/imagebuilder/golden-images/shop/web/production' }],
    ['an AMI', ParentImage.fromAmiId('ami-0123456789abcdef0'), { type: 'ami', imageId: 'ami-0123456789abcdef0' }],
    ['a parameter', ParentImage.fromSsmParameter('/company/first'), { type: 'parameter', name: '/company/first' }],
  ])('comes from %s', (_name, initialAmi, source) => {
    const template = Template.fromStack(Stack.of(fleetWith({ initialAmi })));
    expect(documentOf(template, 'Custom::GoldenImagesSeed', 'Parameters')).toEqual([{ name: PARAMETER, owner: 'Shop/WebFleet', source }]);
  });

  test('cannot be a Marketplace product, whose AMI nobody can read', () => {
    expect(() => fleetWith({ initialAmi: ParentImage.fromMarketplace('prod-abcdefghijklm') })).toThrow(/^Shop\/WebFleet: initialAmi is missing; expected an AMI id/);
  });
});

describe('order', () => {
  test('guard and seed stand before group and launch template; the registry after them', () => {
    const template = Template.fromStack(Stack.of(fleetWith()));
    const id = (type: string) => Object.keys(template.findResources(type))[0]!;
    const before = [id('Custom::GoldenImagesGuard'), id('Custom::GoldenImagesSeed')];
    ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::LaunchTemplate'].forEach((type) => {
      const [resource] = Object.values(template.findResources(type));
      expect(resource!.DependsOn).toEqual(expect.arrayContaining(before));
    });
    const [registry] = Object.values(template.findResources('Custom::GoldenImagesRegistry'));
    expect(registry!.DependsOn).toEqual(expect.arrayContaining([id('AWS::AutoScaling::AutoScalingGroup'), id('AWS::EC2::LaunchTemplate')]));
  });
});

describe('an existing group', () => {
  test('is rolled by its name, with its launch template and role', () => {
    const stack = newStack();
    const instanceRole = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
    fleet.addTarget(RolloutTarget.autoScalingGroupName('legacy', { launchTemplateId: 'lt-0123456789abcdef0', instanceRole }));
    const template = Template.fromStack(stack);
    expect(documentOf(template, 'Custom::GoldenImagesRegistry', 'Document').fleets[0].targets)
      .toEqual([{ type: 'auto-scaling-group', groupName: 'legacy', launchTemplateId: 'lt-0123456789abcdef0', templateVersions: 'recorded' }]);
    template.resourceCountIs('Custom::GoldenImagesGuard', 0);
    template.resourceCountIs('Custom::GoldenImagesLaunchTemplate', 0);
  });

  test('says that versions made elsewhere are configuration releases, where it is told so', () => {
    const stack = newStack();
    const target = RolloutTarget.autoScalingGroupName('legacy', { launchTemplateId: 'lt-0123456789abcdef0', trustTemplateVersions: true });
    new Fleet(stack, 'WebFleet', { follows: channelIn(stack) }).addTarget(target);
    expect(documentOf(Template.fromStack(stack), 'Custom::GoldenImagesRegistry', 'Document').fleets[0].targets).toMatchObject([{ templateVersions: 'any' }]);
  });
});

describe('a launch template of its own', () => {
  test('is found behind a mixed instances policy, and guarded', () => {
    const stack = newStack();
    const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
    const launchTemplate = new LaunchTemplate(stack, 'Template', { machineImage: fleet.machineImage, instanceType: new InstanceType('t3.micro') });
    const launchTemplateOverrides = ['t3.micro', 't3a.micro'].map((type) => ({ instanceType: new InstanceType(type) }));
    fleet.addTarget(RolloutTarget.autoScalingGroup(groupOf(fleet, { mixedInstancesPolicy: { launchTemplate, launchTemplateOverrides } })));
    const template = Template.fromStack(stack);
    const [launch] = Object.values(template.findResources('AWS::EC2::LaunchTemplate'));
    expect(launch!.DependsOn).toContain(Object.keys(template.findResources('Custom::GoldenImagesGuard'))[0]);
  });

  test('whose instance profile hides its role is refused: the controller could not pass it', () => {
    const stack = newStack();
    const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
    const launchTemplate = new LaunchTemplate(stack, 'Template', { machineImage: fleet.machineImage, instanceType: new InstanceType('t3.micro') });
    (launchTemplate.node.defaultChild as CfnLaunchTemplate).addPropertyOverride('LaunchTemplateData.IamInstanceProfile', { Name: 'theirs' });
    const group = groupOf(fleet, { launchTemplate });
    expect(() => fleet.addTarget(RolloutTarget.autoScalingGroup(group))).toThrow(/^Shop\/Template\/Resource: the role .* is not known; expected .*; give the launch template a role/);
  });
});

test('the stack of the channel is deployed before', () => {
  const images = newStack('Images');
  const stack = new Stack(images.node.root as App, 'Servers');
  new Fleet(stack, 'WebFleet', { follows: channelIn(images) });
  expect(stack.dependencies).toEqual([images]);
});

describe('warnings', () => {
  const healthChecks = HealthChecks.withAdditionalChecks({ additionalTypes: [AdditionalHealthCheckType.ELB], gracePeriod: Duration.minutes(1) });

  test('a fleet without targets', () => {
    const stack = newStack();
    new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
    Annotations.fromStack(stack).hasWarning('/Shop/WebFleet', Match.stringLikeRegexp('no targets.*cdk-golden-images:fleet.noTargets'));
  });

  test('load balancer health checks before the first release', () => {
    const stack = Stack.of(fleetWith({}, { healthChecks }));
    Annotations.fromStack(stack).hasWarning(
      '/Shop/Asg/ASG', Match.stringLikeRegexp('give the fleet an initialAmi.*cdk-golden-images:fleet.healthChecksBeforeFirstRelease'),
    );
  });

  test('not when the fleet has an initial AMI, nor without load balancer', () => {
    const initialAmi = ParentImage.fromAmiId('ami-0123456789abcdef0');
    [fleetWith({ initialAmi }, { healthChecks }), fleetWith()].forEach((fleet) =>
      Annotations.fromStack(Stack.of(fleet)).hasNoWarning('*', Match.stringLikeRegexp('health checks')));
  });
});

test('two fleets share the control plane and have parameters of their own', () => {
  const stack = newStack();
  const follows = channelIn(stack);
  ['Blue', 'Green'].forEach((id) => {
    const fleet = new Fleet(stack, id, { follows });
    fleet.addTarget(RolloutTarget.autoScalingGroup(groupOf(fleet, {}, `${id}Asg`)));
  });
  const template = Template.fromStack(stack);
  template.resourceCountIs('Custom::GoldenImagesRegistry', 1);
  template.resourceCountIs('Custom::GoldenImagesGuard', 2);
  const { fleets } = documentOf(template, 'Custom::GoldenImagesRegistry', 'Document');
  expect(fleets.map((each: any) => each.parameterName)).toEqual(['/golden-images/shop/fleets/blue/image', '/golden-images/shop/fleets/green/image']);
});

test('an app without images and fleets has no control plane', () => {
  const app = new App();
  new Stack(app, 'Empty');
  expect(app.node.findAll().map((each) => each.node.path)).toEqual(['', 'Empty']);
});
