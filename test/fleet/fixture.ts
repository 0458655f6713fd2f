import { App, Resource, Stack, type StackProps } from 'aws-cdk-lib';
import { AutoScalingGroup, type AutoScalingGroupProps } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceArchitecture, InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { channelParameterName } from '../../src/contract';
import { Fleet, RolloutTarget, type FleetProps } from '../../src/fleet';
import type { IImage } from '../../src/image/image';
import { Platform } from '../../src/image/platform';
import { Channel } from '../../src/release/channel';

const FLAGS = { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true };

/** A stack in an app whose feature flags are those of a new project. */
export function newStack(id = 'Shop', context: Record<string, unknown> = {}, props: StackProps = {}): Stack {
  return new Stack(new App({ context: { ...FLAGS, ...context } }), id, props);
}

class Image extends Resource implements IImage {
  public readonly imageName = 'web';
  public constructor(stack: Stack, public readonly architecture: InstanceArchitecture, public readonly platform: Platform) {
    super(stack, 'Web');
  }

  public get latest(): Channel {
    return this.channel('latest');
  }

  public channel(channelName: string): Channel {
    const namespace = Stack.of(this).stackName.toLowerCase();
    return new Channel(this, { channelName, parameterName: channelParameterName(namespace, this.imageName, channelName) });
  }
}

export function channelIn(stack: Stack, architecture = InstanceArchitecture.X86_64, platform = Platform.LINUX): Channel {
  return ((stack.node.tryFindChild('Web') as Image | undefined) ?? new Image(stack, architecture, platform)).channel('production');
}

export function vpcIn(stack: Stack): Vpc {
  return (stack.node.tryFindChild('Vpc') as Vpc | undefined)
    ?? new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2, subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }] });
}

export function groupOf(fleet: Fleet, props: Partial<AutoScalingGroupProps> = {}, id = 'Asg'): AutoScalingGroup {
  const stack = Stack.of(fleet);
  return new AutoScalingGroup(stack, id, {
    vpc: vpcIn(stack),
    vpcSubnets: { subnetType: SubnetType.PUBLIC },
    maxCapacity: 6,
    ...props.launchTemplate || props.mixedInstancesPolicy ? {} : { instanceType: new InstanceType('t3.micro'), machineImage: fleet.machineImage },
    ...props,
  });
}

/** A fleet with one group. */
export function fleetWith(props: Partial<FleetProps> = {}, group: Partial<AutoScalingGroupProps> = {}, stack = newStack()): Fleet {
  const fleet = new Fleet(stack, 'WebFleet', { follows: channelIn(stack), ...props });
  fleet.addTarget(RolloutTarget.autoScalingGroup(groupOf(fleet, group)));
  return fleet;
}
