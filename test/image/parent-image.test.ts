import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { newStack } from './fixture';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { World } from '../../golden-images/src/world/kernel';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { NodeHardware, ParentImage, SqlServer, UbuntuEdition, WindowsLanguage } from '../../src/image';
import { OperatingSystemFamily, OperatingSystemVersion, Platform } from '../../src/platform';

const stack = newStack();

const V = OperatingSystemVersion;
const ARM = InstanceArchitecture.ARM_64;
const WINDOWS = '/aws/service/ami-windows-latest/Windows_Server';

/** Names as the vendors document them; the pages stand beside the factories. */
const PARAMETERS: Array<[parent: ParentImage, parameter: string]> = [
  [ParentImage.amazonLinux2023(), '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'],
  [ParentImage.amazonLinux2023(ARM), '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'],
  [ParentImage.amazonLinux2023(ARM, { minimal: true }), '/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-arm64'],
  [ParentImage.amazonLinux2023(undefined, { kernel: '6.18' }), '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.18-x86_64'],
  [ParentImage.amazonLinux2(), '/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2'],
  [ParentImage.amazonLinux2(ARM), '/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-arm64-gp2'],
  [ParentImage.ubuntu(V.UBUNTU_22_04), '/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id'],
  [ParentImage.ubuntu(V.UBUNTU_24_04, ARM), '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id'],
  [ParentImage.ubuntu(V.UBUNTU_24_04, undefined, { edition: UbuntuEdition.MINIMAL }), '/aws/service/canonical/ubuntu/server-minimal/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id'],
  [ParentImage.ubuntu(V.UBUNTU_26_04, ARM, { edition: UbuntuEdition.PRO }), '/aws/service/canonical/ubuntu/pro-server/26.04/stable/current/arm64/hvm/ebs-gp3/ami-id'],
  [ParentImage.ubuntu(V.UBUNTU_20_04, undefined, { edition: UbuntuEdition.PRO_MINIMAL }), '/aws/service/canonical/ubuntu/pro-minimal/20.04/stable/current/amd64/hvm/ebs-gp2/ami-id'],
  [ParentImage.debian(V.DEBIAN_11), '/aws/service/debian/release/11/latest/amd64'],
  [ParentImage.debian(V.DEBIAN_12, ARM), '/aws/service/debian/release/12/latest/arm64'],
  [ParentImage.debian(V.DEBIAN_13), '/aws/service/debian/release/13/latest/amd64'],
  [ParentImage.suseLinuxEnterpriseServer(V.SLES_15_SP7), '/aws/service/suse/sles/15-sp7/x86_64/latest'],
  [ParentImage.suseLinuxEnterpriseServer(V.SLES_16_0, ARM), '/aws/service/suse/sles/16.0/arm64/latest'],
  [ParentImage.windowsServer(V.WINDOWS_SERVER_2019), `${WINDOWS}-2019-English-Full-Base`],
  [ParentImage.windowsServer(V.WINDOWS_SERVER_2022), `${WINDOWS}-2022-English-Full-Base`],
  [ParentImage.windowsServer(V.WINDOWS_SERVER_2025), `${WINDOWS}-2025-English-Full-Base`],
  [ParentImage.windowsServer(V.WINDOWS_SERVER_2025, { core: true }), `${WINDOWS}-2025-English-Core-Base`],
  [ParentImage.windowsServer(V.WINDOWS_SERVER_2022, { language: WindowsLanguage.PORTUGUESE_BRAZIL }), `${WINDOWS}-2022-Portuguese_Brazil-Full-Base`],
  [ParentImage.windowsServer(V.WINDOWS_SERVER_2022, { sqlServer: SqlServer.STANDARD_2022 }), `${WINDOWS}-2022-English-Full-SQL_2022_Standard`],
  [ParentImage.windowsServer(V.WINDOWS_SERVER_2019, { sqlServer: SqlServer.WEB_2016, language: WindowsLanguage.ENGLISH }), `${WINDOWS}-2019-English-Full-SQL_2016_SP3_Web`],
  [ParentImage.ecsOptimized(), '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id'],
  [ParentImage.ecsOptimized({ architecture: ARM }), '/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id'],
  [ParentImage.ecsOptimized({ hardware: NodeHardware.GPU }), '/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id'],
  [ParentImage.ecsOptimized({ hardware: NodeHardware.NEURON }), '/aws/service/ecs/optimized-ami/amazon-linux-2023/neuron/recommended/image_id'],
  [ParentImage.ecsOptimized({ osVersion: V.AMAZON_LINUX_2 }), '/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id'],
  [ParentImage.ecsOptimized({ osVersion: V.AMAZON_LINUX_2, hardware: NodeHardware.NEURON }), '/aws/service/ecs/optimized-ami/amazon-linux-2/inf/recommended/image_id'],
  [ParentImage.ecsOptimized({ osVersion: V.WINDOWS_SERVER_2022 }), `${WINDOWS}-2022-English-Full-ECS_Optimized/image_id`],
  [ParentImage.ecsOptimized({ osVersion: V.WINDOWS_SERVER_2025, core: true }), `${WINDOWS}-2025-English-Core-ECS_Optimized/image_id`],
  [ParentImage.eksOptimized('1.34'), '/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/standard/recommended/image_id'],
  [ParentImage.eksOptimized('1.34', { architecture: ARM, hardware: NodeHardware.GPU }), '/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/arm64/nvidia/recommended/image_id'],
  [ParentImage.eksOptimized('1.33', { hardware: NodeHardware.NEURON }), '/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/neuron/recommended/image_id'],
  [ParentImage.eksOptimized('1.35', { osVersion: V.WINDOWS_SERVER_2025, core: true }), `${WINDOWS}-2025-English-Core-EKS_Optimized-1.35/image_id`],
  [ParentImage.deepLearning(V.AMAZON_LINUX_2023), '/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id'],
  [ParentImage.deepLearning(V.UBUNTU_22_04, { architecture: ARM }), '/aws/service/deeplearning/ami/arm64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id'],
  [ParentImage.deepLearning(V.UBUNTU_24_04, { framework: 'pytorch-2.8' }), '/aws/service/deeplearning/ami/x86_64/oss-nvidia-driver-gpu-pytorch-2.8-ubuntu-24.04/latest/ami-id'],
  [ParentImage.fromSsmParameter('/imagebuilder/mine'), '/imagebuilder/mine'],
];

test.each(PARAMETERS)('a parameter is the parent and where its AMI is read', (parent, parameter) => {
  expect(parent.bind(stack)).toMatchObject({ parentImage: `ssm:${parameter}`, amiParameterName: parameter });
});

test.each(PARAMETERS.filter(([, parameter]) => parameter.startsWith('/aws/service/')))('the AMI of a public parameter is what the factory says', (parent, parameter) => {
  const world = new World();
  const { architecture, platform, rootDeviceName } = parent.bind(stack);
  const { architecture: processor, platform: system, blockDevices } = world.get(Ec2Service).image(world.get(SsmService).value(parameter)!)!;
  expect([processor, system, blockDevices[0]?.deviceName]).toEqual([architecture, platform.toLowerCase(), rootDeviceName]);
});

test('the named ones know their platform, architecture and root device', () => {
  expect(ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025).bind(stack))
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
  [ParentImage.ubuntu(V.of(OperatingSystemFamily.UBUNTU, '23.04')), "the Ubuntu version '23.04' is not known; expected one of 20.04, 22.04, 24.04, 26.04"],
  [ParentImage.ubuntu(V.DEBIAN_12), 'Debian 12 is no Ubuntu; expected one of 20.04, 22.04, 24.04, 26.04'],
  [ParentImage.debian(V.of(OperatingSystemFamily.DEBIAN, '10')), "the Debian version '10' is not known; expected one of 11, 12, 13"],
  [ParentImage.suseLinuxEnterpriseServer(V.of(OperatingSystemFamily.SUSE_LINUX_ENTERPRISE_SERVER, '12.5')),
    "the SUSE Linux Enterprise Server version '12.5' is not known; expected one of 15.4, 15.7, 16.0"],
  [ParentImage.amazonLinux2023(ARM, { kernel: '5.15' }), "the kernel of Amazon Linux 2023 '5.15' is not known; expected one of default, 6.1, 6.12, 6.18"],
  [ParentImage.windowsServer(V.of(OperatingSystemFamily.WINDOWS_SERVER, '2012')), "the Windows Server version '2012' is not known; expected one of 2016, 2019, 2022, 2025"],
  [ParentImage.windowsServer(V.WINDOWS_SERVER_2025, { language: WindowsLanguage.CZECH }),
    "the Windows AMI 'Windows_Server-2025-Czech-Full-Base' is not known; expected one of Windows_Server-2025-Chinese_Simplified-Full-Base"],
  [ParentImage.ecsOptimized({ architecture: ARM, hardware: NodeHardware.GPU }), 'there is no AMI for Amazon ECS of Amazon Linux 2023, arm64, gpu; expected one of 2023 x86_64 standard'],
  [ParentImage.ecsOptimized({ core: true }), 'core is given for Amazon Linux 2023; expected core with Windows Server only'],
  [ParentImage.ecsOptimized({ osVersion: V.UBUNTU_24_04 }), 'there is no AMI for Amazon ECS of Ubuntu 24.04, x86_64, standard'],
  [ParentImage.ecsOptimized({ osVersion: V.WINDOWS_SERVER_2022, hardware: NodeHardware.GPU }), 'there is no AMI for Amazon ECS of Microsoft Windows Server 2022, x86_64, gpu'],
  [ParentImage.eksOptimized('1.34', { osVersion: V.AMAZON_LINUX_2 }), 'there is no AMI for Amazon EKS of Amazon Linux 2, x86_64, standard'],
  [ParentImage.eksOptimized('v1.34'), "the Kubernetes version 'v1.34' is not valid; expected such as 1.34"],
  [ParentImage.deepLearning(V.DEBIAN_12), "the system of a Deep Learning AMI 'Debian 12' is not known; expected one of Amazon Linux 2023, Ubuntu 22.04, Ubuntu 24.04"],
  [ParentImage.deepLearning(V.UBUNTU_24_04, { framework: 'mxnet' }), "the framework 'mxnet' is not known; expected pytorch or tensorflow with its version"],
  [ParentImage.amazonManaged('amazon-linux-2024-x86'), "the Amazon-managed image 'amazon-linux-2024-x86' is not known; expected one of amazon-linux-2-x86, amazon-linux-2-arm64, amazon-linux-2023-x86"],
  [ParentImage.redHatEnterpriseLinux(V.of(OperatingSystemFamily.RED_HAT_ENTERPRISE_LINUX, '7.9')), "the Red Hat Enterprise Linux version '7' is not known; expected one of 8, 9, 10"],
  [ParentImage.lookup({ owner: 'canonical', names: ['ubuntu*'] }), "the owner 'canonical' is not valid; expected an account of 12 digits, amazon or self"],
  [ParentImage.lookup({ owner: '309956199498', names: [] }), 'names are missing; expected names of AMIs'],
  [ParentImage.lookup({ owner: '309956199498', names: ['a,b'] }), "the name 'a,b' is not valid"],
  [ParentImage.lookup({ owner: 'amazon', names: ['?*?'] }), "the name '?*?' is not valid; expected names of AMIs"],
  [ParentImage.lookup({ owner: 'self', names: Array.from({ length: 201 }, (_, index) => `gold-${index}`) }), 'there are 201 names; expected 200 names at the most'],
  [ParentImage.lookup({ owner: 'aws-marketplace', names: ['gold-*'] }), "the owner 'aws-marketplace' is not valid; expected an account of 12 digits, amazon or self, because anybody may publish an AMI of any name; "
    + 'take ParentImage.fromMarketplace for a product of AWS Marketplace'],
  [ParentImage.fromAmiId('ami-0123456789abcdef0', { platform: Platform.WINDOWS, osVersion: V.UBUNTU_24_04 }), "the parent's platform is Windows, and its osVersion Ubuntu 24.04"],
  [ParentImage.fromAmiId('ami-xyz'), "the AMI id 'ami-xyz' is not valid; expected ami- and 8 or 17 hexadecimal digits"],
  [ParentImage.fromSsmParameter('mine'), "the parameter name 'mine' is not valid; expected a name that begins with a slash"],
  [ParentImage.fromImageBuilderImage('arn:aws:s3:::bucket'), "the image ARN 'arn:aws:s3:::bucket' is not valid"],
  [ParentImage.fromMarketplace('x'), "the Marketplace product id 'x' is not valid"],
])('what is wrong is refused', (parent, message) => {
  expect(() => parent.bind(stack)).toThrow(`Web: ${message}`);
});
