import { call, ref, wait, type Scenario } from '../harness/step';

const name = { AutoScalingGroupName: 'web' };
const template = call('ec2:CreateLaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData: { ImageId: ref('facts.image'), InstanceType: 't3.micro' } }, 'template');
const subnets = call('ec2:DescribeSubnets', { Filters: [{ Name: 'availability-zone', Values: ['eu-central-1a'] }] }, 'subnets');
const LaunchTemplate = { LaunchTemplateName: 'web', Version: '$Latest' };
const create = (more = {}) => call('autoscaling:CreateAutoScalingGroup',
  { ...name, LaunchTemplate, MinSize: 0, MaxSize: 4, DesiredCapacity: 2, VPCZoneIdentifier: ref('subnets.Subnets.0.SubnetId'), ...more });
const describe = call('autoscaling:DescribeAutoScalingGroups', { AutoScalingGroupNames: ['web'] });
const on = (operation: string, more = {}) => call(`autoscaling:${operation}`, { ...name, ...more });
const tag = (Key: string, Value: string) => ({ ResourceId: 'web', ResourceType: 'auto-scaling-group', Key, Value, PropagateAtLaunch: true });

export const autoScaling: Scenario[] = [
  {
    name: 'a group keeps its capacity',
    steps: [
      template, subnets, create(), wait(900), describe,
      call('autoscaling:DescribeAutoScalingInstances', {}),
      on('SetDesiredCapacity', { DesiredCapacity: 3 }), wait(900), describe,
      on('SetDesiredCapacity', { DesiredCapacity: 1 }), wait(900), describe,
      on('UpdateAutoScalingGroup', { MinSize: 2, MaxSize: 3 }), wait(900), describe,
      on('UpdateAutoScalingGroup', { HealthCheckType: 'ELB', HealthCheckGracePeriod: 120, DefaultCooldown: 60, TerminationPolicies: ['OldestInstance'] }), describe,
      on('UpdateAutoScalingGroup', { NewInstancesProtectedFromScaleIn: true }), describe,
      on('DeleteAutoScalingGroup', { ForceDelete: true }), wait(900), describe,
    ],
  },
  { name: 'a capacity above the maximum', steps: [template, subnets, create(), wait(900), on('SetDesiredCapacity', { DesiredCapacity: 5 })] },
  { name: 'a minimum above the maximum', steps: [template, subnets, create(), wait(900), on('UpdateAutoScalingGroup', { MinSize: 5 })] },
  { name: 'a group with instances is deleted', steps: [template, subnets, create(), wait(900), on('DeleteAutoScalingGroup')] },
  {
    name: 'groups that are not accepted',
    steps: [
      template, subnets,
      create({ LaunchTemplate: { LaunchTemplateName: 'none' } }),
      create({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0' } }),
      create({ LaunchTemplate: { LaunchTemplateName: 'web', Version: '9' } }),
      create({ LaunchTemplate: undefined }),
      create({ VPCZoneIdentifier: 'subnet-0123456789abcdef0' }),
      create({ VPCZoneIdentifier: undefined }),
      create(), create(),
    ],
  },
  { name: 'a group whose bounds do not hold', steps: [template, subnets, create({ MinSize: 3, MaxSize: 2, DesiredCapacity: 2 })] },
  { name: 'a group beyond its bounds', steps: [template, subnets, create({ DesiredCapacity: 9 })] },
  {
    name: 'a group with a target group that does not exist',
    steps: [template, subnets, create({ TargetGroupARNs: ['arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/none/0123456789abcdef'] })],
  },
  {
    name: 'groups that do not exist',
    steps: [
      describe,
      on('UpdateAutoScalingGroup', { MaxSize: 1 }), on('SetDesiredCapacity', { DesiredCapacity: 1 }), on('DeleteAutoScalingGroup'),
      on('SuspendProcesses'), on('ResumeProcesses'), call('autoscaling:CreateOrUpdateTags', { Tags: [tag('a', 'b')] }),
      on('AttachLoadBalancerTargetGroups', { TargetGroupARNs: ['arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/none/0123456789abcdef'] }),
      on('PutLifecycleHook', { LifecycleHookName: 'h', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' }),
      call('autoscaling:TerminateInstanceInAutoScalingGroup', { InstanceId: 'i-0123456789abcdef0', ShouldDecrementDesiredCapacity: true }),
    ],
  },
  {
    name: 'processes and tags of a group',
    steps: [
      template, subnets, create({ DesiredCapacity: 0, Tags: [tag('a', '1')] }),
      on('SuspendProcesses', { ScalingProcesses: ['Launch', 'Terminate'] }), describe,
      on('SetDesiredCapacity', { DesiredCapacity: 0 }),
      on('ResumeProcesses', { ScalingProcesses: ['Launch'] }), describe,
      on('SuspendProcesses'), describe,
      on('ResumeProcesses'), describe,
      call('autoscaling:CreateOrUpdateTags', { Tags: [tag('a', '2'), tag('b', '3')] }),
      call('autoscaling:DescribeTags', {}),
      call('autoscaling:DeleteTags', { Tags: [{ ResourceId: 'web', ResourceType: 'auto-scaling-group', Key: 'a' }] }), describe,
      on('PutLifecycleHook', { LifecycleHookName: 'h', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' }),
      on('PutLifecycleHook', { LifecycleHookName: 'h', HeartbeatTimeout: 60, DefaultResult: 'CONTINUE' }),
      on('DescribeLifecycleHooks'),
      on('DeleteLifecycleHook', { LifecycleHookName: 'h' }), on('DescribeLifecycleHooks'),
      on('SuspendProcesses', { ScalingProcesses: ['Nonsense'] }),
    ],
  },
  {
    name: 'target groups of a group',
    steps: [
      template, subnets,
      call('ec2:DescribeVpcs', {}, 'vpcs'),
      call('elasticloadbalancing:CreateTargetGroup', { Name: 'tg', Protocol: 'HTTP', Port: 80, VpcId: ref('vpcs.Vpcs.0.VpcId') }, 'tg'),
      create({ DesiredCapacity: 1 }), wait(900),
      on('AttachLoadBalancerTargetGroups', { TargetGroupARNs: [ref('tg.TargetGroups.0.TargetGroupArn')] }), wait(900), describe,
      on('DescribeLoadBalancerTargetGroups'),
      call('elasticloadbalancing:DescribeTargetHealth', { TargetGroupArn: ref('tg.TargetGroups.0.TargetGroupArn') }),
      on('DetachLoadBalancerTargetGroups', { TargetGroupARNs: [ref('tg.TargetGroups.0.TargetGroupArn')] }), wait(900), describe,
      call('elasticloadbalancing:DescribeTargetHealth', { TargetGroupArn: ref('tg.TargetGroups.0.TargetGroupArn') }),
    ],
  },
  {
    name: 'members of a group',
    steps: [
      template, subnets, create(), wait(900),
      call('ec2:DescribeInstances', {}, 'instances'),
      on('SetInstanceProtection', { InstanceIds: [ref('instances.Reservations.0.Instances.0.InstanceId')], ProtectedFromScaleIn: true }), describe,
      on('SetInstanceProtection', { InstanceIds: ['i-0123456789abcdef0'], ProtectedFromScaleIn: true }),
      on('SetDesiredCapacity', { DesiredCapacity: 1 }), wait(900), describe,
      call('autoscaling:TerminateInstanceInAutoScalingGroup', {
        InstanceId: ref('instances.Reservations.0.Instances.0.InstanceId'), ShouldDecrementDesiredCapacity: true,
      }), wait(900), describe,
    ],
  },
];
