// An app as somebody writes it who installed the packages; scripts/consumer.mjs compiles, synthesizes and rehearses it.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { BuildSchedule, Component, Fleet, Gate, ParentImage, PatchedBaseImage, RoleImage, RolloutTarget, Step, WeekDay } from 'cdk-golden-images';

const app = new App({ context: { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true } });
const stack = new Stack(app, 'Consumer');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const base = new PatchedBaseImage(stack, 'Base', {
  parent: ParentImage.amazonLinux2023(),
  schedule: BuildSchedule.weekly({ weekDay: WeekDay.TUESDAY, hour: 3 }),
});
const web = new RoleImage(stack, 'Web', {
  parent: base,
  components: [Component.fromSteps('motd', { buildSteps: [Step.bash('echo hello > /etc/motd')] })],
});
const production = web.addChannel('production', { gates: [Gate.imageTests(), Gate.soak(Duration.days(1))] });
const fleet = new Fleet(stack, 'Fleet', { follows: production, rollout: { bakeTime: Duration.minutes(15) } });
const group = new AutoScalingGroup(stack, 'Group', {
  vpc,
  vpcSubnets: { subnets: vpc.publicSubnets },
  instanceType: new InstanceType('t3.micro'),
  machineImage: fleet.machineImage,
  minCapacity: 2,
});
fleet.addTarget(RolloutTarget.autoScalingGroup(group));
app.synth();
