import { CfnResource, type Stack } from 'aws-cdk-lib';
import { AutoScalingGroup, type AutoScalingGroupProps } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, LaunchTemplate, SubnetType, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Fleet, RolloutTarget } from '../../src/fleet';
import type { Channel } from '../../src/release';
import { newBase } from '../image/fixture';

export interface ServersProps {
  readonly userData?: string;
  readonly maxCapacity?: number;
  /** Instance types of a mixed instances policy. */
  readonly types?: string[];
  /** A resource that cannot be made comes after the group. */
  readonly fails?: boolean;
  readonly edit?: (parts: { stack: Stack; template: LaunchTemplate; group: AutoScalingGroup }) => void;
}

/** A base, and a fleet of two servers that follows it; gives the launch template. */
export function servers(stack: Stack, props: ServersProps = {}, follows: Channel = newBase(stack).latest): LaunchTemplate {
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 }] });
  const fleet = new Fleet(stack, 'Servers', { follows });
  const userData = UserData.forLinux();
  userData.addCommands(props.userData ?? 'echo hello');
  const template = new LaunchTemplate(stack, 'Template', {
    machineImage: fleet.machineImage,
    instanceType: new InstanceType('t3.small'),
    userData,
    requireImdsv2: true,
    httpPutResponseHopLimit: 2,
    detailedMonitoring: true,
  });
  const launch: Partial<AutoScalingGroupProps> = props.types
    ? {
      mixedInstancesPolicy: {
        launchTemplate: template, launchTemplateOverrides: props.types.map((type) => ({ instanceType: new InstanceType(type) })),
      },
    }
    : { launchTemplate: template };
  const size = { minCapacity: 2, maxCapacity: props.maxCapacity ?? 4 };
  const group = new AutoScalingGroup(stack, 'Group', { vpc, vpcSubnets: { subnetType: SubnetType.PUBLIC }, ...size, ...launch });
  fleet.addTarget(RolloutTarget.autoScalingGroup(group));
  props.edit?.({ stack, template, group });
  if (props.fails) {
    const refused = new CfnResource(stack, 'Refused', { type: 'AWS::SSM::Parameter', properties: { Name: '/taken', Type: 'String', Value: 'mine' } });
    refused.node.addDependency(group);
  }
  return template;
}
