import { Duration, type StackProps } from 'aws-cdk-lib';
import { AutoScalingGroup, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { Account, SurfaceStack } from './account';
import {
  Fleet,
  ForeignInstances,
  ParentImage,
  ProtectedInstances,
  RolloutTarget,
  StandbyInstances,
  type Channel,
  type RolloutPolicy,
} from 'cdk-golden-images';

export interface FleetStackProps extends StackProps {
  readonly linux: Channel;
  readonly arm: Channel;
  readonly windows: Channel;
}

/** Fleets on every platform, with every switch of a rollout and every kind of target, in a stack of their own. */
export class FleetStack extends SurfaceStack {
  private readonly network: Account;

  public constructor(scope: Construct, id: string, { linux, arm, windows, ...props }: FleetStackProps) {
    super(scope, id, props);
    this.network = new Account(this);
    this.group(
      new Fleet(this, 'Web', {
        follows: linux,
        fleetName: 'web',
        rollout: this.careful(),
        initialAmi: ParentImage.amazonLinux2023(),
      }),
      't3.small',
    );
    this.group(
      new Fleet(this, 'Arm', {
        follows: arm,
        rollout: { protectedInstances: ProtectedInstances.WAIT, standbyInstances: StandbyInstances.WAIT, foreignInstances: ForeignInstances.ALARM },
      }),
      't4g.small',
    );
    this.group(
      new Fleet(this, 'Windows', {
        follows: windows,
        rollout: { protectedInstances: ProtectedInstances.IGNORE, standbyInstances: StandbyInstances.IGNORE },
      }),
      't3.large',
    );
    this.existing(linux);
  }

  private careful(): RolloutPolicy {
    return {
      minHealthyPercentage: 90,
      maxHealthyPercentage: 120,
      canary: 1,
      canaryTime: Duration.minutes(10),
      bakeTime: Duration.hours(1),
      healthTimeout: Duration.minutes(10),
      timeout: Duration.hours(6),
      alarms: [this.errors()],
      instanceWarmup: Duration.minutes(2),
      protectedInstances: ProtectedInstances.REFRESH,
      standbyInstances: StandbyInstances.TERMINATE,
      foreignInstances: ForeignInstances.REPLACE,
      autoRollback: true,
    };
  }

  private errors(): Alarm {
    const errors = new Alarm(this, 'Errors', {
      alarmDescription: 'Servers answer with errors',
      metric: new Metric({ namespace: 'Surface', metricName: 'Errors' }),
      threshold: 10,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    errors.addAlarmAction(this.network.alarmAction);
    return errors;
  }

  private group(fleet: Fleet, instanceType: string): void {
    fleet.addTarget(
      RolloutTarget.autoScalingGroup(
        new AutoScalingGroup(this, `${fleet.node.id}Group`, {
          vpc: this.network.vpc,
          vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
          instanceType: new InstanceType(instanceType),
          machineImage: fleet.machineImage,
          minCapacity: 2,
          maxCapacity: 10,
          requireImdsv2: true,
          healthChecks: HealthChecks.ec2({ gracePeriod: Duration.minutes(2) }),
        }),
      ),
    );
  }

  /** A group that something else declares. */
  private existing(follows: Channel): void {
    new Fleet(this, 'Existing', { follows }).addTarget(
      RolloutTarget.autoScalingGroupName('existing', {
        launchTemplateId: 'lt-0123456789abcdef0',
        trustTemplateVersions: true,
        instanceRole: new Role(this, 'ServerRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }),
      }),
    );
  }
}
