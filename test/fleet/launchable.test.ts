import { App, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup, BlockDeviceVolume } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { newStack, vpcIn } from './fixture';
import { World } from '../../golden-images/src/world/kernel';
import { KmsService } from '../../golden-images/src/world/kms';
import { mayUseForVolumes } from '../../golden-images/src/world/kms/access';
import { Component, Step } from '../../src/component';
import { Fleet, RolloutTarget } from '../../src/fleet';
import { BuildInfrastructure, BuildSchedule, ParentImage, PatchedBaseImage, RoleImage, type BuiltImageProps } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';

interface Options extends BuiltImageProps {
  readonly key?: (stack: Stack) => IKey;
  readonly device?: string;
  readonly gibibytes?: number;
  readonly parent?: ParentImage;
}

/** A fleet of a role image on a base; what is special is special to the base. */
function launch({ key, device, gibibytes = 20, parent = ParentImage.amazonLinux2023(), ...base }: Options = {}, stack = newStack()): Stack {
  const infrastructure = key && new BuildInfrastructure(stack, 'Infra', { encryptionKey: key(stack) });
  const schedule = BuildSchedule.daily();
  const below = new PatchedBaseImage(stack, 'Base', { parent, schedule, infrastructure, ...base });
  const web = new RoleImage(stack, 'Web', { parent: below, components: [Component.fromSteps('Site', { buildSteps: [Step.bash('echo')] })] });
  const fleet = new Fleet(stack, 'WebFleet', { follows: web.latest });
  fleet.addTarget(RolloutTarget.autoScalingGroup(new AutoScalingGroup(stack, 'Asg', {
    vpc: vpcIn(stack),
    vpcSubnets: { subnets: vpcIn(stack).publicSubnets },
    instanceType: new InstanceType('t3.micro'),
    machineImage: fleet.machineImage,
    ...(device ? { blockDevices: [{ deviceName: device, volume: BlockDeviceVolume.ebs(gibibytes) }] } : {}),
  })));
  return stack;
}

describe('the root volume of a group', () => {
  test('may be larger than the snapshot, and another device may have any size', () => {
    expect(() => Template.fromStack(launch({ rootVolumeSize: Size.gibibytes(20), device: '/dev/xvda' }))).not.toThrow();
    expect(() => Template.fromStack(launch({ rootVolumeSize: Size.gibibytes(20), device: '/dev/sdf', gibibytes: 1 }))).not.toThrow();
  });

  test('is not smaller than the snapshot of the image, or of what the image stands on', () => {
    expect(() => Template.fromStack(launch({ rootVolumeSize: Size.gibibytes(30), device: '/dev/xvda' })))
      .toThrow(/Shop\/Asg\/ASG: the launch template gives the root volume 20 GiB; expected at least 30 GiB.*; raise the volume size/);
  });

  test('has the device name of the image', () => {
    expect(() => Template.fromStack(launch({ device: '/dev/sda1' })))
      .toThrow(/Shop\/Asg\/ASG: .*block device \/dev\/sda1, which would be a second volume.*expected \/dev\/xvda, the root device of the image; correct the device name/);
  });
});

test('a fleet follows no image that Sysprep does not generalize', () => {
  const stack = newStack();
  const golden = new PatchedBaseImage(stack, 'Golden', { parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022), schedule: BuildSchedule.daily(), sysprep: false });
  expect(() => new Fleet(stack, 'Desktops', { follows: golden.latest }))
    .toThrow(/Shop\/Desktops: it follows the image 'golden', which Sysprep does not generalize.*; expected an image with sysprep; leave sysprep: false to master images/);
});

describe('a customer key for images', () => {
  test('of the app lets Auto Scaling launch, whether its service-linked role exists yet or not', () => {
    const template = Template.fromStack(launch({ key: (stack) => new Key(stack, 'Key') }));
    const [policy] = Object.values(template.findResources('AWS::KMS::Key')).map(({ Properties }) => Properties.KeyPolicy);
    const world = new World();
    const role = world.arn('iam', 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling', { region: '' });
    const resolved = JSON.parse(JSON.stringify(policy)
      .replaceAll('{"Ref":"AWS::AccountId"}', `"${world.account}"`)
      .replace(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"(:iam::)","?\d*"?,?"?([^"]*)"\]\]\}/g, `"arn:aws$1${world.account}$2"`));
    const { keys } = world.get(KmsService);
    expect(mayUseForVolumes(world, keys.create({ policy: resolved }), role)).toBe(true);
    expect(mayUseForVolumes(world, keys.create({ policy: resolved }), role.replace('AutoScaling', 'Support'))).toBe(false);
    Annotations.fromStack(Stack.of(launch())).hasNoWarning('*', Match.stringLikeRegexp('imported key'));
  });

  test('that is imported is warned of, with the statements that its policy needs', () => {
    const stack = new Stack(new App({ context: { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true } }), 'Shop', {
      env: { account: '123456789012', region: 'eu-central-1' },
    });
    launch({ key: (scope) => Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:eu-central-1:210987654321:key/1') }, stack);
    Annotations.fromStack(stack).hasWarning('/Shop/WebFleet', Match.stringLikeRegexp(
      'Client.InternalError.*imported key Shop/Key.*kms:GenerateDataKey\\*.*role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling.*kms:CreateGrant.*kms:GrantIsForAWSResource',
    ));
  });
});
