import type { StackProps } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Account, SurfaceStack } from './account';
import {
  AmiOrder,
  BuildInfrastructure,
  BuildSchedule,
  NodeHardware,
  OperatingSystemFamily,
  OperatingSystemVersion,
  ParentImage,
  PatchedBaseImage,
  RegisteredImage,
  SqlServer,
  UbuntuEdition,
  WindowsLanguage,
} from 'cdk-golden-images';

const { ARM_64 } = InstanceArchitecture;

/** Every kind of parent that has a name. What they stand for now is where the channels of registered images begin. */
export class ParentsStack extends SurfaceStack {
  private count = 0;

  public constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const { vpc } = new Account(this);
    const schedule = BuildSchedule.daily();
    const infrastructure = new BuildInfrastructure(this, 'Builds', { vpc });
    [...this.linux(), ...this.windows(), ...this.nodes(), ...this.vendors()].forEach((parent) => this.begin(parent));
    new PatchedBaseImage(this, 'Followed', {
      parent: ParentImage.lookup({
        owner: '111111111111',
        names: ['gold-*'],
        newestBy: AmiOrder.NAME,
        platform: OperatingSystemVersion.ALMA_LINUX_8.platform,
        architecture: ARM_64,
        rootDeviceName: '/dev/sda1',
        osVersion: OperatingSystemVersion.ALMA_LINUX_8,
      }),
      schedule,
      infrastructure,
    });
    new PatchedBaseImage(this, 'Own', {
      parent: ParentImage.lookup({ owner: 'self', names: ['parent', 'own-*'], rootDeviceName: '/dev/xvda', newestBy: AmiOrder.CREATION_DATE }),
      description: `Not ${OperatingSystemVersion.RHEL_9.toString()}`,
      schedule,
      infrastructure,
    });
  }

  private begin(initialAmi: ParentImage): void {
    this.count += 1;
    new RegisteredImage(this, `Parent${this.count}`, { initialAmi });
  }

  private linux(): ParentImage[] {
    const { UBUNTU_20_04, UBUNTU_26_04, DEBIAN_11, DEBIAN_12, DEBIAN_13, SLES_15_SP7, SLES_16_0 } = OperatingSystemVersion;
    const ubuntu = [UBUNTU_20_04, UBUNTU_26_04].filter((version) => UBUNTU_20_04.includes(version) || UBUNTU_20_04.isOlderThan(version));
    return [
      ParentImage.amazonLinux2(ARM_64),
      ParentImage.amazonLinux2023(ARM_64, { kernel: '6.12', minimal: true }),
      ...ubuntu.flatMap((version) =>
        Object.values(UbuntuEdition).map((edition) => ParentImage.ubuntu(version, ARM_64, { edition })),
      ),
      ...[DEBIAN_11, DEBIAN_12, DEBIAN_13].map((version) => ParentImage.debian(version, ARM_64)),
      ...[SLES_15_SP7, SLES_16_0].map((version) => ParentImage.suseLinuxEnterpriseServer(version, ARM_64)),
    ];
  }

  private windows(): ParentImage[] {
    const { WINDOWS_SERVER_2019, WINDOWS_SERVER_2022 } = OperatingSystemVersion;
    return [
      ...Object.values(WindowsLanguage).map((language) => ParentImage.windowsServer(WINDOWS_SERVER_2022, { language })),
      ...Object.values(SqlServer).map((sqlServer) => ParentImage.windowsServer(WINDOWS_SERVER_2019, { sqlServer })),
      ParentImage.windowsServer(WINDOWS_SERVER_2019, { core: true }),
      ParentImage.amazonManaged(`windows-server-${OperatingSystemVersion.WINDOWS_SERVER_2016.version}-english-full-base-x86`, 'x.x.x'),
    ];
  }

  private nodes(): ParentImage[] {
    const { AMAZON_LINUX_2, UBUNTU_24_04, WINDOWS_SERVER_2022 } = OperatingSystemVersion;
    return [
      ...Object.values(NodeHardware).map((hardware) => ParentImage.ecsOptimized({ osVersion: AMAZON_LINUX_2, hardware })),
      ParentImage.ecsOptimized({ architecture: ARM_64 }),
      ParentImage.eksOptimized('1.34', { osVersion: WINDOWS_SERVER_2022, core: true }),
      ParentImage.deepLearning(UBUNTU_24_04, { framework: 'pytorch-2.8', architecture: ARM_64 }),
    ];
  }

  private vendors(): ParentImage[] {
    const { RHEL_8, RHEL_9, RHEL_10, ROCKY_LINUX_8, ROCKY_LINUX_9, ROCKY_LINUX_10, ALMA_LINUX_9, ALMA_LINUX_10 } = OperatingSystemVersion;
    return [
      ...[RHEL_8, RHEL_9, RHEL_10].map((version) => ParentImage.redHatEnterpriseLinux(version, ARM_64)),
      ...[ROCKY_LINUX_8, ROCKY_LINUX_9, ROCKY_LINUX_10].map((version) => ParentImage.rockyLinux(version, ARM_64)),
      ...[ALMA_LINUX_9, ALMA_LINUX_10].map((version) => ParentImage.almaLinux(version, ARM_64)),
      ...Object.values(OperatingSystemFamily).map((family) =>
        ParentImage.fromSsmParameter('/imagebuilder/parents/custom', { osVersion: OperatingSystemVersion.of(family, '1') }),
      ),
    ];
  }
}
