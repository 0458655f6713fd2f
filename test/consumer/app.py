"""The app of app.ts in Python; scripts/languages.mjs synthesizes it with the package that jsii-pacmak built."""
from aws_cdk import App, Duration, Stack
from aws_cdk.aws_autoscaling import AutoScalingGroup
from aws_cdk.aws_ec2 import InstanceType, SubnetSelection, Vpc
from cdk_golden_images import (
    BuildSchedule, Component, Fleet, Gate, ParentImage, PatchedBaseImage, RoleImage, RolloutPolicy, RolloutTarget, Step, WeekDay,
)

app = App(context={"@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig": True})
stack = Stack(app, "Consumer")
vpc = Vpc(stack, "Vpc", max_azs=2, nat_gateways=0)
base = PatchedBaseImage(
    stack, "Base",
    parent=ParentImage.amazon_linux2023(),
    schedule=BuildSchedule.weekly(week_day=WeekDay.TUESDAY, hour=3),
)
web = RoleImage(
    stack, "Web",
    parent=base,
    components=[Component.from_steps("motd", build_steps=[Step.bash("echo hello > /etc/motd")])],
)
production = web.add_channel("production", gates=[Gate.image_tests(), Gate.soak(Duration.days(1))])
fleet = Fleet(stack, "Fleet", follows=production, rollout=RolloutPolicy(bake_time=Duration.minutes(15)))
group = AutoScalingGroup(
    stack, "Group",
    vpc=vpc,
    vpc_subnets=SubnetSelection(subnets=vpc.public_subnets),
    instance_type=InstanceType("t3.micro"),
    machine_image=fleet.machine_image,
    min_capacity=2,
)
fleet.add_target(RolloutTarget.auto_scaling_group(group))
app.synth()
