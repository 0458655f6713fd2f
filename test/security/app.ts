import { join } from 'node:path';
import { App, Duration, Stack, type Environment } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { InstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Component, RuntimeSecret, SecretScript, Source, Step } from '../../src/component';
import { ControlPlaneSettings } from '../../src/control-plane';
import { Fleet, RolloutTarget } from '../../src/fleet';
import {
  BuildInfrastructure, BuildSchedule, DiskExport, DiskImport, ParentImage, PatchedBaseImage, RegisteredImage, RoleImage,
} from '../../src/image';
import { PackerBuild } from '../../src/packer/build';
import { Gate, type Channel } from '../../src/release';

const CONTEXT = {
  '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
};
const EC2 = 'ec2.amazonaws.com';

/** An app with every kind of image in it, as small as that can be, so that a person can read all that its roles may do. */
export function everyKind(): App {
  const app = new App({ analyticsReporting: false, context: CONTEXT });
  const env: Environment = { account: '123456789012', region: 'eu-central-1' };
  const images = new Images(app, 'Images', { env });
  const servers = new Stack(app, 'Servers', { env });
  fleet(servers, 'Web', images.production);
  return app;
}

class Images extends Stack {
  public readonly production: Channel;
  private readonly vpc = new Vpc(this, 'Vpc', { maxAzs: 1, natGateways: 1 });
  private readonly key = new Key(this, 'Key');
  private readonly shelf = new Bucket(this, 'Shelf', { encryption: BucketEncryption.KMS, encryptionKey: this.key });
  private readonly infrastructure: BuildInfrastructure;

  public constructor(...[scope, id, props]: ConstructorParameters<typeof Stack>) {
    super(scope, id, props);
    ControlPlaneSettings.apply(this, { encryptionKey: this.key });
    this.infrastructure = new BuildInfrastructure(this, 'Builds', { vpc: this.vpc, encryptionKey: this.key, logBucket: new Bucket(this, 'BuildLogs') });
    const base = new PatchedBaseImage(this, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), infrastructure: this.infrastructure });
    const web = this.role(base);
    this.production = web.addChannel('production', { gates: [Gate.imageTests(), Gate.soak(Duration.hours(24))] });
    fleet(this, 'Own', web.latest);
    this.registered();
    this.packer(base);
    this.disks();
  }

  /** Plain, and with components that read private sources and secrets. */
  private role(parent: PatchedBaseImage): RoleImage {
    const { infrastructure } = this;
    const plain = Component.fromSteps('Plain', { buildSteps: [Step.bash('echo')] });
    new RoleImage(this, 'Plain', { parent, infrastructure, components: [plain] });
    const secret = new Secret(this, 'Token', { encryptionKey: this.key });
    const reader = Component.fromSteps('Reader', {
      buildSteps: [
        Step.download(Source.bucket(this.shelf, 'agent.rpm', 'a'.repeat(64)), '/opt/agent.rpm'),
        SecretScript.bash({ TOKEN: RuntimeSecret.secretsManager(secret) }, 'test -n "$TOKEN"'),
      ],
    });
    return new RoleImage(this, 'Web', { parent, infrastructure, components: [reader] });
  }

  private registered(): void {
    const byHand = new RegisteredImage(this, 'ByHand', { initialAmi: ParentImage.amazonLinux2023() });
    byHand.grantRegister(new Role(this, 'Registrar', { assumedBy: new ServicePrincipal(EC2) }));
  }

  private packer(parent: PatchedBaseImage): void {
    new PackerBuild(this, 'PackerBuild', {
      image: new RegisteredImage(this, 'ByPacker', { parent, parentChannel: 'latest' }),
      template: Source.asset(join(__dirname, '..', 'packer', 'build', 'template')),
      packer: Source.bucket(this.shelf, 'packer.zip', 'b'.repeat(64)),
      runTag: { key: 'made-by', value: 'packer' },
      parentVariable: 'source_ami',
      secretVariables: { token: new Secret(this, 'PackerToken') },
      instanceProfile: new InstanceProfile(this, 'PackerProfile', { role: new Role(this, 'PackerInstance', { assumedBy: new ServicePrincipal(EC2) }) }),
      schedule: BuildSchedule.daily(),
      volumeKey: this.key,
      vpc: this.vpc,
    });
  }

  private disks(): void {
    const { infrastructure } = this;
    new DiskImport(this, 'Disks', { encryptionKey: this.key, isoInfrastructure: infrastructure })
      .grantImport(new Role(this, 'Importer', { assumedBy: new ServicePrincipal(EC2) }));
    new PatchedBaseImage(this, 'Exported', {
      parent: ParentImage.amazonLinux2023(),
      schedule: BuildSchedule.daily(),
      infrastructure: new BuildInfrastructure(this, 'PlainBuilds', { vpc: this.vpc }),
      encrypted: false,
      diskExport: DiskExport.vmdk({ bucket: new Bucket(this, 'Exports', { encryption: BucketEncryption.S3_MANAGED }) }),
    });
  }
}

function fleet(stack: Stack, id: string, follows: Channel): void {
  const vpc = stack.node.tryFindChild('Vpc') as Vpc | undefined ?? new Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
  const servers = new Fleet(stack, id, { follows });
  servers.addTarget(RolloutTarget.autoScalingGroup(new AutoScalingGroup(stack, `${id}Group`, {
    vpc, instanceType: new InstanceType('t3.small'), machineImage: servers.machineImage, minCapacity: 2, maxCapacity: 4,
  })));
}
