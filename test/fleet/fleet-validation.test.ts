import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AdditionalHealthCheckType, AutoScalingGroup, DefaultResult, HealthChecks, LifecycleTransition, UpdatePolicy,
  type AutoScalingGroupProps, type CfnAutoScalingGroup,
} from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceArchitecture, InstanceType, LaunchTemplate, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { channelIn, fleetWith, groupOf, newStack, vpcIn } from './fixture';
import { Fleet, ProtectedInstances, RolloutTarget, type RolloutPolicy } from '../../src/fleet';
import { rolloutIntent } from '../../src/fleet/rollout-intent';

const synth = (scope: Fleet | Stack) => Template.fromStack(Stack.of(scope));
const cfnGroup = (fleet: Fleet) => Stack.of(fleet).node.findChild('Asg').node.defaultChild as CfnAutoScalingGroup;

/** Path, wrong value, expected, fix: in every message. */
const problem = (path: string, what: string, expected: string, fix: string) => new RegExp(`${path}: .*${what}.*; expected ${expected}.*; .*${fix}`);

describe('a group that cannot be rolled', () => {
  test('launch configuration', () => {
    const stack = newStack('Shop', { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': false });
    expect(() => fleetWith({}, {}, stack)).toThrow(problem(
      'Shop/Asg/ASG', 'launch configuration', 'a launch template', '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig',
    ));
  });

  test('attribute-based instance selection', () => {
    const fleet = fleetWith();
    cfnGroup(fleet).addPropertyOverride('MixedInstancesPolicy.LaunchTemplate.Overrides', [{ InstanceRequirements: { VCpuCount: { Min: 1 } } }]);
    expect(() => synth(fleet)).toThrow(problem('Shop/Asg/ASG', 'InstanceRequirements', 'instance types', 'list the types'));
  });

  test('weights', () => {
    const fleet = fleetWith();
    cfnGroup(fleet).addPropertyOverride('MixedInstancesPolicy.LaunchTemplate.Overrides', [{ InstanceType: 't3.large', WeightedCapacity: '2' }]);
    expect(() => synth(fleet)).toThrow(problem('Shop/Asg/ASG', '"t3.large" has the weight "2"', 'instance types without weights', 'remove the weights'));
  });

  test('a warm pool', () => {
    const fleet = fleetWith();
    (Stack.of(fleet).node.findChild('Asg') as AutoScalingGroup).addWarmPool({ minSize: 1 });
    expect(() => synth(fleet)).toThrow(problem('Shop/Asg/ASG', 'a warm pool \\(Shop/Asg/WarmPool', 'none', 'remove the warm pool'));
  });

  test('two architectures', () => {
    const fleet = fleetWith();
    cfnGroup(fleet).addPropertyOverride('MixedInstancesPolicy.LaunchTemplate.Overrides', [{ InstanceType: 'm7g.large' }]);
    expect(() => synth(fleet)).toThrow(problem('Shop/Asg/ASG', 'x86_64 and arm64 \\(t3.micro, m7g.large\\)', 'one', 'one fleet for each'));
  });

  test('an architecture that is not the image\'s', () => {
    const stack = newStack();
    const fleet = fleetWith({ follows: channelIn(stack, InstanceArchitecture.ARM_64) }, {}, stack);
    expect(() => synth(fleet)).toThrow(problem('Shop/Asg/ASG', 't3.micro is x86_64', 'arm64', 'another instance type'));
  });

  test.each([
    ['AutoScalingRollingUpdate', UpdatePolicy.rollingUpdate()],
    ['AutoScalingReplacingUpdate', UpdatePolicy.replacingUpdate()],
  ])('update policy %s', (name, updatePolicy) => {
    expect(() => synth(fleetWith({}, { updatePolicy }))).toThrow(problem('Shop/Asg/ASG', name, 'none', 'remove \'updatePolicy\''));
  });

  test('update policy by override', () => {
    const fleet = fleetWith();
    cfnGroup(fleet).addOverride('UpdatePolicy.AutoScalingInstanceRefresh', { Strategy: 'Rolling' });
    expect(() => synth(fleet)).toThrow(/AutoScalingInstanceRefresh/);
  });

  test('a literal AMI', () => {
    const fleet = fleetWith({}, { machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-1' }) }, newStack('Shop', {}, { env: { region: 'us-east-1' } }));
    expect(() => synth(fleet)).toThrow(problem('Shop/Asg/ASG', '"ami-1"', '"resolve:ssm:/golden-images/shop/fleets/web-fleet/image"', 'the fleet\'s \'machineImage\''));
  });

  test('an image that is read while deploying', () => {
    expect(() => synth(fleetWith({}, { machineImage: MachineImage.latestAmazonLinux2023() }))).toThrow(/names the image \{"Ref":.*expected "resolve:ssm/);
  });

  test('a launch template of an override', () => {
    const fleet = fleetWith();
    cfnGroup(fleet).addPropertyOverride('MixedInstancesPolicy.LaunchTemplate.Overrides', [
      { InstanceType: 't3.small', LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '1' } },
    ]);
    expect(() => synth(fleet)).toThrow(problem('Shop/Asg/ASG', 't3.small', 'only instance types', 'one group for each'));
  });

  test('a launch template that is declared elsewhere', () => {
    const stack = newStack();
    const launchTemplate = LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Imported', { launchTemplateId: 'lt-1', versionNumber: '1' });
    expect(() => fleetWith({}, { launchTemplate }, stack)).toThrow(problem('Shop/Asg/ASG', '"lt-1"', 'a launch template of the stack', 'autoScalingGroupName'));
  });

  test('a group of another stack', () => {
    const app = new App({ context: { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true } });
    const stack = new Stack(app, 'Shop');
    const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack) });
    const other = new Stack(app, 'Other');
    const group = new AutoScalingGroup(other, 'Asg', { vpc: vpcIn(other), instanceType: new InstanceType('t3.micro'), machineImage: fleet.machineImage, vpcSubnets: { subnets: vpcIn(other).publicSubnets } });
    expect(() => fleet.addTarget(RolloutTarget.autoScalingGroup(group))).toThrow(problem('Other/Asg/ASG', 'Shop/WebFleet', '.*same stack', 'in one stack'));
  });
});

describe('a policy that cannot hold', () => {
  const invalid: Array<[string, RolloutPolicy, RegExp]> = [
    ['minimum below 0', { minHealthyPercentage: -1 }, problem('Shop/WebFleet', 'minHealthyPercentage is -1', 'a whole number from 0 to 100', 'minHealthyPercentage')],
    ['minimum above 100', { minHealthyPercentage: 101 }, /minHealthyPercentage is 101; expected a whole number from 0 to 100/],
    ['maximum below 100', { maxHealthyPercentage: 99 }, /maxHealthyPercentage is 99; expected a whole number from 100 to 200/],
    ['maximum above 200', { maxHealthyPercentage: 201 }, /maxHealthyPercentage is 201; expected a whole number from 100 to 200/],
    ['more than 100 between them', { minHealthyPercentage: 50, maxHealthyPercentage: 160 }, /maxHealthyPercentage is 160; expected a whole number from 100 to 150/],
    ['half an instance', { canary: 1.5 }, /canary is 1.5; expected a whole number from 1/],
    ['no canary', { canary: 0 }, /canary is 0; expected a whole number from 1/],
    ['three days of bake', { bakeTime: Duration.days(3) }, /bakeTime is 259200; expected a whole number from 0 to 172800/],
    ['health after the end', { timeout: Duration.minutes(10), healthTimeout: Duration.minutes(20) }, /healthTimeout is 1200; expected a whole number from 60 to 600/],
  ];
  test.each(invalid)('%s', (_name, rollout, message) => {
    expect(() => fleetWith({ rollout })).toThrow(message);
  });

  test('eleven alarms', () => {
    const stack = newStack();
    const metric = new Metric({ namespace: 'Shop', metricName: 'Errors' });
    const alarms = Array.from({ length: 11 }, (_, index) => new Alarm(stack, `Alarm${index}`, { metric, threshold: 1, evaluationPeriods: 1 }));
    expect(() => fleetWith({ rollout: { alarms } }, {}, stack)).toThrow(/number of alarms is 11; expected a whole number from 0 to 10/);
  });

  test('min-healthy and canary that cannot both hold', () => {
    const fleet = fleetWith({ rollout: { minHealthyPercentage: 100, maxHealthyPercentage: 110, canary: 3 } });
    expect(() => synth(fleet)).toThrow(/Shop\/Asg\/ASG: a canary of 3 and minHealthyPercentage 100 cannot both hold.*expected a canary of at most 1.*lower the canary/);
  });

  test('the same canary with room for it', () => {
    expect(() => synth(fleetWith({ rollout: { minHealthyPercentage: 100, maxHealthyPercentage: 150, canary: 3 } }))).not.toThrow();
    expect(() => synth(fleetWith({ rollout: { minHealthyPercentage: 50, maxHealthyPercentage: 100, canary: 3 } }))).not.toThrow();
  });

  test('a canary larger than the group', () => {
    expect(() => synth(fleetWith({ rollout: { canary: 7, maxHealthyPercentage: 200 } }))).toThrow(/canary is 7; expected at most 6/);
  });
});

describe('instances that are protected from scale-in', () => {
  const every = { newInstancesProtectedFromScaleIn: true };

  test.each([undefined, ProtectedInstances.WAIT, ProtectedInstances.IGNORE])('a group that protects all, and protectedInstances %s', (protectedInstances) => {
    expect(() => synth(fleetWith({ rollout: { protectedInstances } }, every)))
      .toThrow(/Shop\/Asg\/ASG: the group protects new instances from scale-in, .*nothing could be replaced.*expected ProtectedInstances.REFRESH; set it/);
  });

  test('are replaced where the policy says so', () => {
    expect(() => synth(fleetWith({ rollout: { protectedInstances: ProtectedInstances.REFRESH } }, every))).not.toThrow();
  });

  test('are waited for unless the policy says otherwise', () => {
    expect(rolloutIntent({}, false)).toMatchObject({ protectedInstances: 'wait', standbyInstances: 'wait' });
  });
});

describe('times that cannot hold together', () => {
  const grace = (seconds: number): Partial<AutoScalingGroupProps> =>
    ({
      healthChecks: HealthChecks.withAdditionalChecks({ additionalTypes: [AdditionalHealthCheckType.ELB], gracePeriod: Duration.seconds(seconds) }),
    });
  const hooked = (heartbeat: number, rollout: RolloutPolicy, defaultResult = DefaultResult.CONTINUE, group: Partial<AutoScalingGroupProps> = {}) => {
    const stack = newStack();
    const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack), rollout });
    const asg = groupOf(fleet, { minCapacity: 6, ...group });
    const lifecycleTransition = LifecycleTransition.INSTANCE_LAUNCHING;
    asg.addLifecycleHook('Join', { lifecycleTransition, heartbeatTimeout: Duration.seconds(heartbeat), defaultResult });
    fleet.addTarget(RolloutTarget.autoScalingGroup(asg));
    return fleet;
  };

  test('a health timeout shorter than the grace of the group', () => {
    expect(() => synth(fleetWith({ rollout: { healthTimeout: Duration.minutes(5) } }, grace(600))))
      .toThrow(/Shop\/Asg\/ASG: healthTimeout is 300 seconds, and the group gives a new instance 600 seconds of grace; expected at least 600; leave healthTimeout/);
  });

  test('the same grace, where the health timeout is left open or long enough, or the load balancer is not asked', () => {
    expect(() => synth(fleetWith({}, grace(600)))).not.toThrow();
    expect(() => synth(fleetWith({ rollout: { healthTimeout: Duration.minutes(10) } }, grace(600)))).not.toThrow();
    const ec2 = { healthChecks: HealthChecks.ec2({ gracePeriod: Duration.minutes(10) }) };
    expect(() => synth(fleetWith({ rollout: { healthTimeout: Duration.minutes(5) } }, ec2))).not.toThrow();
  });

  test('a launch hook of more than the hour in which AWS wants progress', () => {
    expect(() => synth(hooked(5400, { timeout: Duration.days(7) }))).toThrow(/a launch lifecycle hook may hold an instance for 5400 seconds.*expected at most 3600; lower its heartbeatTimeout/);
  });

  test('a launch hook of five minutes', () => {
    expect(() => synth(hooked(300, {}))).not.toThrow();
  });

  test('a timeout that hooks, warm-up, canary and bake exceed', () => {
    expect(() => synth(hooked(1800, { timeout: Duration.hours(3), instanceWarmup: Duration.minutes(10), bakeTime: Duration.minutes(30) })))
      .toThrow(/a rollout takes at least 16500 seconds \(canaryTime 300, bakeTime 1800, 6 batches of 1800 seconds in launch lifecycle hooks and 600 of warm-up\), and its timeout is 10800; expected at least 16500/);
  });

  test('a hook that is only an upper bound is not counted', () => {
    expect(() => synth(hooked(1800, { timeout: Duration.hours(3), instanceWarmup: Duration.minutes(10) }, DefaultResult.ABANDON))).not.toThrow();
  });

  test('the hook of another group is none of this one', () => {
    const fleet = fleetWith({ rollout: { timeout: Duration.hours(1) } });
    groupOf(fleet, { machineImage: MachineImage.latestAmazonLinux2023() }, 'Other')
      .addLifecycleHook('Join', { lifecycleTransition: LifecycleTransition.INSTANCE_LAUNCHING, heartbeatTimeout: Duration.hours(2) });
    expect(() => synth(fleet)).not.toThrow();
  });

  test('canary and bake that one refresh has to wait for together', () => {
    const rollout = { canaryTime: Duration.days(1), bakeTime: Duration.days(2), timeout: Duration.days(7) };
    expect(() => synth(fleetWith({ rollout }, { maxCapacity: 1 }))).toThrow(/canaryTime and bakeTime are 259200 seconds together.*expected at most 172800/);
    expect(() => synth(fleetWith({ rollout }))).not.toThrow();
  });
});

describe('names and groups', () => {
  const adding = (target: (stack: Stack) => RolloutTarget) => () => {
    const stack = newStack();
    new Fleet(stack, 'WebFleet', { follows: channelIn(stack) }).addTarget(target(stack));
  };

  test('a group that is only imported', () => {
    expect(adding((stack) => RolloutTarget.autoScalingGroup(AutoScalingGroup.fromAutoScalingGroupName(stack, 'Theirs', 'theirs') as AutoScalingGroup)))
      .toThrow(problem('Shop/WebFleet', 'Shop/Theirs is only imported', 'a group that the stack declares', 'autoScalingGroupName'));
  });

  test('the name of a launch template, where its id belongs', () => {
    expect(adding(() => RolloutTarget.autoScalingGroupName('theirs', { launchTemplateId: 'web' })))
      .toThrow(problem('Shop/WebFleet', 'launchTemplateId \'web\'', 'the id of a launch template', 'correct the launchTemplateId'));
  });

  test('an empty name of a group', () => {
    expect(adding(() => RolloutTarget.autoScalingGroupName('', { launchTemplateId: 'lt-1' })))
      .toThrow(problem('Shop/WebFleet', 'group name \'\'', '1 to 255 characters', 'correct the group name'));
  });

  test('half a second of bake', () => {
    expect(() => fleetWith({ rollout: { bakeTime: Duration.millis(500) } })).toThrow(problem('Shop/WebFleet', 'bakeTime is 0.5', 'a whole number', 'change bakeTime'));
  });

  test('an alarm that is given twice counts once', () => {
    const stack = newStack();
    const alarm = new Alarm(stack, 'Errors', { metric: new Metric({ namespace: 'a', metricName: 'b' }), threshold: 1, evaluationPeriods: 1 });
    const [registry] = Object.values(synth(fleetWith({ rollout: { alarms: [alarm, alarm] } }, {}, stack)).findResources('Custom::GoldenImagesRegistry'));
    expect(JSON.stringify(registry!.Properties.Document).match(/Errors/g)).toHaveLength(1);
  });

  test.each(['Web', 'web_fleet', '-web', 'a/b', ''])('the name %p is refused', (fleetName) => {
    expect(() => fleetWith({ fleetName })).toThrow(/^Shop\/WebFleet: the fleet name '.*' is not valid; expected .*; change fleetName/);
  });

  test('two fleets with one name', () => {
    const stack = newStack();
    new Fleet(stack, 'One', { follows: channelIn(stack), fleetName: 'web' });
    expect(() => new Fleet(stack, 'Two', { follows: channelIn(stack), fleetName: 'web' }))
      .toThrow(problem('Shop/Two', '\'web\' belongs to Shop/One', 'each fleet name once', 'another fleetName'));
  });

  test('one group in two fleets', () => {
    const stack = newStack();
    const fleet = fleetWith({}, {}, stack);
    const other = new Fleet(stack, 'Other', { follows: channelIn(stack) });
    expect(() => other.addTarget(RolloutTarget.autoScalingGroup(stack.node.findChild('Asg') as AutoScalingGroup)))
      .toThrow(problem('Shop/Other', 'belongs to Shop/WebFleet', 'each Auto Scaling group once', 'one fleet only'));
    expect(fleet.fleetName).toBe('web-fleet');
  });

  test('a group that launches from the fleet and is no target', () => {
    const fleet = fleetWith();
    groupOf(fleet, {}, 'Stray');
    expect(() => synth(fleet)).toThrow(problem('Shop/Stray/LaunchTemplate', '\'web-fleet\'', 'each group', 'fleet.addTarget'));
  });
});
