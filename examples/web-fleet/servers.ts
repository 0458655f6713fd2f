import { Annotations, Duration } from 'aws-cdk-lib';
import { AdditionalHealthCheckType, AutoScalingGroup, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType, SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, HttpCodeTarget, type ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { Fleet, RolloutTarget, type Channel } from 'cdk-golden-images';

export interface ServersProps {
  readonly vpc: IVpc;
  readonly follows: Channel;
  /** Message of the day: part of the user data. */
  readonly motd: string;
}

/** Six web servers behind a load balancer. */
export class Servers extends Construct {
  public readonly loadBalancer: ApplicationLoadBalancer;
  public readonly group: AutoScalingGroup;

  public constructor(scope: Construct, id: string, private readonly props: ServersProps) {
    super(scope, id);
    this.loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', { vpc: props.vpc, internetFacing: true });
    const fleet = new Fleet(this, 'Fleet', {
      fleetName: 'web',
      follows: props.follows,
      rollout: { minHealthyPercentage: 100, canary: 1, bakeTime: Duration.minutes(30), alarms: [this.errors()] },
    });
    this.group = this.servers(fleet);
    this.listen(this.group);
    fleet.addTarget(RolloutTarget.autoScalingGroup(this.group));
  }

  private errors(): Alarm {
    return new Alarm(this, 'Errors', {
      alarmDescription: 'The web servers answer with errors',
      metric: this.loadBalancer.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { period: Duration.minutes(1) }),
      threshold: 10,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private servers(fleet: Fleet): AutoScalingGroup {
    const group = new AutoScalingGroup(this, 'Group', {
      vpc: this.props.vpc,
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      instanceType: new InstanceType('t3.micro'),
      machineImage: fleet.machineImage,
      minCapacity: 6,
      maxCapacity: 12,
      requireImdsv2: true,
      healthChecks: HealthChecks.withAdditionalChecks({ additionalTypes: [AdditionalHealthCheckType.ELB], gracePeriod: Duration.minutes(2) }),
    });
    group.addUserData(
      `echo '${this.props.motd}' > /etc/motd`,
      // Until the first release the servers run on the parent image, which has no web server: something must answer health checks.
      'command -v nginx || { cd "$(mktemp -d)" && echo "not released yet" > index.html && nohup python3 -m http.server 80 > /dev/null 2>&1 & }',
    );
    Annotations.of(group).acknowledgeWarning('cdk-golden-images:fleet.healthChecksBeforeFirstRelease', 'the user data starts a web server');
    return group;
  }

  private listen(group: AutoScalingGroup): ApplicationTargetGroup {
    return this.loadBalancer.addListener('Http', { port: 80 }).addTargets('Servers', {
      port: 80,
      targets: [group],
      deregistrationDelay: Duration.seconds(30),
      healthCheck: { path: '/', interval: Duration.seconds(10), healthyThresholdCount: 2, unhealthyThresholdCount: 2 },
    });
  }
}
