import { Annotations, CfnOutput, Duration, RemovalPolicy, Size, TimeZone, type StackProps } from 'aws-cdk-lib';
import { InstanceArchitecture, InstanceType, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { Account, SurfaceStack } from './account';
import { hardenedCatalogue, linuxCatalogue } from './catalogue';
import { linuxComponents } from './linux';
import { linuxModules } from './modules';
import { existingAmi, foreignLedger, shelfOf } from './shelf';
import {
  BuildInfrastructure,
  BuildSchedule,
  type Channel,
  Component,
  ControlPlaneSettings,
  Gate,
  type IImage,
  OperatingSystemVersion,
  ParentImage,
  PatchedBaseImage,
  Platform,
  RoleImage,
  Step,
  WeekDay,
} from 'cdk-golden-images';

const step = (name: string): Component => Component.fromSteps(name, { buildSteps: [Step.bash(`echo ${name}`)] });

/** Linux on both architectures: every kind of parent, schedule, component and gate. */
export class LinuxStack extends SurfaceStack {
  public readonly x86: Channel;
  public readonly arm: Channel;
  private readonly account_: Account;
  private readonly infrastructure: BuildInfrastructure;

  public constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.account_ = new Account(this);
    this.settings();
    this.infrastructure = this.builds();
    const base = this.amazonLinux();
    this.x86 = this.roles(base);
    this.arm = this.armImages();
    this.schedules();
    this.parents();
    this.imported();
  }

  private settings(): void {
    ControlPlaneSettings.apply(this, {
      namespace: 'surface-linux',
      removalPolicy: RemovalPolicy.DESTROY,
      logRetention: RetentionDays.ONE_YEAR,
      operatorUrl: false,
      encryptionKey: this.account_.key,
    });
  }

  private builds(): BuildInfrastructure {
    const { vpc, logs } = this.account_;
    return new BuildInfrastructure(this, 'Builds', {
      vpc,
      subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      logBucket: logs,
      logRetention: RetentionDays.ONE_YEAR,
      securityGroup: new SecurityGroup(this, 'BuildGroup', { vpc, description: 'Builds' }),
      instanceTypes: [new InstanceType('m6i.large'), new InstanceType('m7g.large')],
      resourceTags: { 'cost-center': '4711' },
    });
  }

  private amazonLinux(): IImage {
    return new PatchedBaseImage(this, 'AmazonLinux', {
      parent: ParentImage.amazonLinux2023(),
      infrastructure: this.infrastructure,
      imageName: 'al2023',
      description: 'Amazon Linux with updates',
      version: '2.0.x',
      rootVolumeSize: Size.gibibytes(16),
      amiTags: { team: 'platform' },
      enhancedImageMetadata: false,
      components: [step('first')],
      encrypted: true,
      schedule: BuildSchedule.weekly({
        weekDay: WeekDay.TUESDAY,
        hour: 3,
        minute: 30,
        timeZone: TimeZone.EUROPE_BERLIN,
      }),
    });
  }

  private roles(parent: IImage): Channel {
    const { media, secret, license, key } = this.account_;
    const shelf = shelfOf(media);
    const { infrastructure } = this;
    new RoleImage(this, 'Steps', {
      parent,
      infrastructure,
      components: linuxComponents(shelf, { secret, parameter: license, key }),
    });
    new RoleImage(this, 'Modules', { parent, infrastructure, components: linuxModules() });
    const catalogue = new RoleImage(this, 'Catalogue', {
      parent,
      infrastructure,
      components: linuxCatalogue(shelf, media),
    });
    catalogue.addChannel('candidate', { gates: [Gate.imageTests()] });
    new CfnOutput(this, 'CandidateParameter', { value: catalogue.channel('candidate').parameterName });
    new CfnOutput(this, 'BuildsArn', { value: infrastructure.configurationArn(InstanceArchitecture.X86_64) });
    const hardened = new RoleImage(this, 'Hardened', {
      parent: catalogue,
      parentChannel: 'candidate',
      infrastructure,
      components: hardenedCatalogue(),
    });
    Annotations.of(hardened).acknowledgeWarning('cdk-golden-images:hardeningTwice', 'The app uses every entry, also where one is enough');
    return catalogue.addChannel('production', {
      gates: [Gate.imageTests(), Gate.soak(Duration.hours(24), { channelName: 'candidate' })],
    });
  }

  private armImages(): Channel {
    const base = new PatchedBaseImage(this, 'Arm', {
      parent: ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64),
      infrastructure: this.infrastructure,
      schedule: BuildSchedule.daily({ hour: 2, minute: 0, timeZone: TimeZone.ETC_UTC }),
    });
    return base.addChannel('production');
  }

  private schedules(): void {
    Object.values(WeekDay).forEach(
      (weekDay) =>
        new PatchedBaseImage(this, `On${weekDay}`, {
          parent: ParentImage.ubuntu(
            OperatingSystemVersion.UBUNTU_24_04,
            weekDay === WeekDay.MONDAY ? InstanceArchitecture.ARM_64 : InstanceArchitecture.X86_64,
          ),
          infrastructure: this.infrastructure,
          schedule: BuildSchedule.weekly({ weekDay }),
        }),
    );
    new PatchedBaseImage(this, 'ByCron', {
      parent: ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_22_04),
      infrastructure: this.infrastructure,
      schedule: BuildSchedule.cron('0 3 1 * ? *', { timeZone: TimeZone.EUROPE_BERLIN }),
    });
  }

  /** Parents that are known by an identifier. In the shared infrastructure of the stack. */
  private parents(): void {
    const schedule = BuildSchedule.daily();
    const infrastructure = this.infrastructure;
    const image = this.formatArn({ service: 'imagebuilder', resource: 'image', resourceName: 'erp-server/x.x.x' });
    const known = {
      platform: Platform.LINUX,
      architecture: InstanceArchitecture.X86_64,
      rootDeviceName: '/dev/xvda',
      osVersion: OperatingSystemVersion.AMAZON_LINUX_2023,
    };
    new PatchedBaseImage(this, 'FromParameter', {
      parent: ParentImage.fromSsmParameter('/imagebuilder/parents/custom', known),
      schedule,
      infrastructure,
    });
    new PatchedBaseImage(this, 'FromAmi', {
      parent: ParentImage.fromAmiId(existingAmi(this, 'parentAmi'), known),
      schedule,
      infrastructure,
    });
    new PatchedBaseImage(this, 'FromImage', {
      parent: ParentImage.fromImageBuilderImage(image, known),
      schedule,
      infrastructure,
    });
    new PatchedBaseImage(this, 'FromMarketplace', {
      parent: ParentImage.fromMarketplace('prod-aaaabbbbcccc', known),
      schedule,
      infrastructure,
      initialAmi: existingAmi(this, 'parentAmi'),
    });
    new RoleImage(this, 'OnShared', {
      parent: PatchedBaseImage.fromImageAttributes(this, 'ImportedBase', {
        imageName: 'golden',
        namespace: 'elsewhere',
        ledgerTableArn: foreignLedger(this),
        channelNames: ['production'],
        platform: Platform.LINUX,
        architecture: InstanceArchitecture.X86_64,
        rootDeviceName: '/dev/xvda',
        osVersion: OperatingSystemVersion.AMAZON_LINUX_2023,
      }),
      parentChannel: 'production',
      infrastructure: BuildInfrastructure.shared(this),
      components: [step('shared')],
    });
  }

  private imported(): void {
    const parent = RoleImage.fromImageAttributes(this, 'ImportedRole', {
      imageName: 'tools',
      namespace: 'elsewhere',
      ledgerTableArn: foreignLedger(this),
      architecture: InstanceArchitecture.ARM_64,
      rootDeviceName: '/dev/xvda',
    });
    new RoleImage(this, 'OnImported', {
      parent,
      infrastructure: this.infrastructure,
      components: [step('imported')],
    });
  }
}
