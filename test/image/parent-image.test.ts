import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { newStack } from './fixture';
import { ParentImage, Platform } from '../../src/image';

const stack = newStack();

test.each([
  [ParentImage.amazonLinux2023(), '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'],
  [ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64), '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'],
  [ParentImage.ubuntu('22.04'), '/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id'],
  [ParentImage.ubuntu('24.04', InstanceArchitecture.ARM_64), '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id'],
  [ParentImage.windowsServer('2019'), '/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-Base'],
  [ParentImage.windowsServer('2022'), '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base'],
  [ParentImage.windowsServer('2025'), '/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base'],
  [ParentImage.fromSsmParameter('/imagebuilder/mine'), '/imagebuilder/mine'],
])('a parameter is the parent and where its AMI is read', (parent, parameter) => {
  expect(parent.bind(stack)).toMatchObject({ parentImage: `ssm:${parameter}`, amiParameterName: parameter });
});

test('the named ones know their platform, architecture and root device', () => {
  expect(ParentImage.windowsServer('2025').bind(stack))
    .toMatchObject({ platform: Platform.WINDOWS, architecture: InstanceArchitecture.X86_64, rootDeviceName: '/dev/sda1' });
  expect(ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64).bind(stack))
    .toMatchObject({ platform: Platform.LINUX, architecture: InstanceArchitecture.ARM_64, rootDeviceName: '/dev/xvda' });
});

test('others are what they are said to be', () => {
  const arn = 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x';
  expect(ParentImage.fromAmiId('ami-0123456789abcdef0', { platform: Platform.WINDOWS }).bind(stack))
    .toMatchObject({ parentImage: 'ami-0123456789abcdef0', amiId: 'ami-0123456789abcdef0', platform: Platform.WINDOWS });
  expect(ParentImage.fromImageBuilderImage(arn).bind(stack)).toMatchObject({ parentImage: arn, imageBuilderArn: arn });
  expect(ParentImage.fromMarketplace('prod-abcdefghijklm').bind(stack)).toMatchObject({ parentImage: 'prod-abcdefghijklm' });
});

test.each([
  [ParentImage.ubuntu('23.04'), "the Ubuntu version '23.04' is not known; expected one of 20.04, 22.04, 24.04, 26.04"],
  [ParentImage.windowsServer('2016'), "the Windows Server version '2016' is not known; expected one of 2019, 2022, 2025"],
  [ParentImage.fromAmiId('ami-xyz'), "the AMI id 'ami-xyz' is not valid; expected ami- and 8 or 17 hexadecimal digits"],
  [ParentImage.fromSsmParameter('mine'), "the parameter name 'mine' is not valid; expected a name that begins with a slash"],
  [ParentImage.fromImageBuilderImage('arn:aws:s3:::bucket'), "the image ARN 'arn:aws:s3:::bucket' is not valid"],
  [ParentImage.fromMarketplace('x'), "the Marketplace product id 'x' is not valid"],
])('what is wrong is refused', (parent, message) => {
  expect(() => parent.bind(stack)).toThrow(`Web: ${message}`);
});
