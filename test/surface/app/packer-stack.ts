import { join } from 'node:path';
import { Duration, type StackProps } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { InstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { Account, SurfaceStack } from './account';
import { FILES, foreignLedger, shelfOf, type Shelf } from './shelf';
import {
  BuildInfrastructure,
  BuildSchedule,
  Gate,
  PackerBuild,
  PackerConnection,
  PackerTemplate,
  ParentImage,
  PatchedBaseImage,
  RegisteredImage,
  RoleImage,
  RuntimeSecret,
  Source,
  type PackerBuildProps,
} from 'cdk-golden-images';

/** Packer's templates, taken over and run as they are, and images that are registered. */
export class PackerStack extends SurfaceStack {
  private readonly own: Account;
  private readonly shelf: Shelf;
  private readonly infrastructure: BuildInfrastructure;

  public constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.own = new Account(this);
    this.shelf = shelfOf(this.own.media);
    this.infrastructure = new BuildInfrastructure(this, 'Builds', { vpc: this.own.vpc });
    const base = this.takenOver();
    this.registered();
    this.everySwitch(base);
    this.connections();
  }

  /** A template as an image of Image Builder. */
  private takenOver(): PatchedBaseImage {
    const template = PackerTemplate.fromFile(join(FILES, 'packer/taken-over.pkr.hcl'), {
      variables: { purpose: 'surface' },
      variableFiles: [join(FILES, 'packer/values.pkrvars.hcl')],
      data: { 'http.shade.body': 'dark' },
      workingDirectory: FILES,
      only: ['amazon-ebs.linux'],
      except: ['manifest'],
      secrets: { token: RuntimeSecret.secretsManager(this.own.secret) },
      parents: { 'amazon-ebs.linux': ParentImage.amazonLinux2023() },
      componentPrefix: 'taken',
      ansibleVersion: '2.15.13',
    });
    const image = template.image('linux');
    template.annotate(this);
    return new PatchedBaseImage(this, 'TakenOver', {
      parent: image.parent,
      components: image.components,
      updates: image.updates,
      amiTags: image.amiTags,
      schedule: BuildSchedule.daily(),
      infrastructure: new BuildInfrastructure(this, 'TemplateBuilds', image.infrastructureProps(this)),
    });
  }

  private registered(): void {
    const image = new RegisteredImage(this, 'Registered', {
      imageName: 'by-hand',
      initialAmi: ParentImage.amazonLinux2023(),
      owners: ['999999999999'],
      copyAmis: true,
    });
    const registrar = new Role(this, 'Registrar', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    image.grantRegister(registrar, { claimsTests: true });
    image.grantRegister(registrar, { directInvocation: true });
    image.addChannel('production', { gates: [Gate.imageTests()] });
    new RegisteredImage(this, 'OnRegistered', {
      parent: RegisteredImage.fromImageAttributes(this, 'Elsewhere', {
        imageName: 'golden',
        namespace: 'elsewhere',
        ledgerTableArn: foreignLedger(this),
      }),
    });
    new RoleImage(this, 'OnTop', {
      parent: image,
      infrastructure: this.infrastructure,
      components: PackerTemplate.fromFile(join(FILES, 'packer/shell.json')).image().allComponents,
    });
  }

  private everySwitch(parent: PatchedBaseImage): void {
    const { vpc, key, secret } = this.own;
    const role = new Role(this, 'ServerRole', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    this.build(
      'Full',
      {
        parentVariable: 'source_ami',
        templatePath: 'main.pkr.hcl',
        manifestPath: 'manifest.json',
        plugins: [{ address: 'github.com/hashicorp/amazon', archive: this.shelf.object('plugin.zip') }],
        variables: { colour: 'blue' },
        secretVariables: { token: secret },
        only: ['amazon-ebs.golden'],
        schedule: BuildSchedule.daily(),
        tested: true,
        connection: PackerConnection.ssh('security_group_id'),
        vpc,
        subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        instanceProfile: new InstanceProfile(this, 'Profile', { role }),
        runTag: { key: 'made-by', value: 'packer' },
        copyRegions: ['eu-west-1'],
        sharesAmi: true,
        copyTagKeys: ['team'],
        volumeKey: key,
        encryptionKey: key,
        timeout: Duration.hours(2),
        buildImage: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
        logRetention: RetentionDays.ONE_YEAR,
      },
      new RegisteredImage(this, 'Full', { parent, parentChannel: 'latest' }),
    );
  }

  private connections(): void {
    const { vpc } = this.own;
    const instanceProfile = new InstanceProfile(this, 'ManagedProfile', {
      role: new Role(this, 'ManagedRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }),
    });
    this.build('ByTemplate', { connection: PackerConnection.template() });
    this.build('ByWinrm', { connection: PackerConnection.winrm('security_group_id'), vpc });
    this.build('BySession', {
      connection: PackerConnection.sessionManager(this.shelf.object('session-manager-plugin.rpm')),
      instanceProfile,
    });
  }

  private build(
    id: string,
    more: Partial<PackerBuildProps>,
    image = new RegisteredImage(this, id, { initialAmi: ParentImage.amazonLinux2023() }),
  ): void {
    new PackerBuild(this, `${id}Build`, {
      image,
      template: Source.asset(join(FILES, 'packer/run')),
      runTag: { key: 'Name', value: 'Packer Builder' },
      packer: this.shelf.object('packer.zip'),
      ...more,
    });
  }
}
