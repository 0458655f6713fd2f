import type { Duration } from 'aws-cdk-lib';
import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IInstanceProfile } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { PackerConnection } from './packer-connection';
import type { Source } from '../../component/source';
import type { BuildSchedule } from '../../image/build-schedule';
import type { RegisteredImage } from '../../image/registered-image';

/** A plugin of Packer. */
export interface PackerPlugin {
  /** Source address of the plugin, such as `github.com/hashicorp/amazon`. */
  readonly address: string;

  /** The zip archive of the plugin for Linux, with its SHA-256: `Source.bucket` or `Source.https`. */
  readonly archive: Source;
}

/** Properties of `PackerBuild`. */
export interface PackerBuildProps {
  /** The image that is built: what it needs to know of AMIs, its channels and its parent. */
  readonly image: RegisteredImage;

  /**
   * The template, unmodified: a file, or a folder with everything that it names. It needs a post-processor `manifest`.
   *
   * Nothing that changes with each build may stand in the folder: its content decides whether a deploy starts a build.
   */
  readonly template: Source;

  /**
   * File of the template inside of the folder, or a folder in it with `*.pkr.hcl`.
   *
   * @default - the file itself; all `*.pkr.hcl` at the top of the folder
   */
  readonly templatePath?: string;

  /**
   * File into which the post-processor `manifest` writes, seen from where the template is.
   *
   * @default 'packer-manifest.json', as the post-processor has it
   */
  readonly manifestPath?: string;

  /** The zip archive of Packer for Linux, with its SHA-256: `Source.bucket` or `Source.https`. Packer is not part of this library. */
  readonly packer: Source;

  /**
   * The plugins that the template needs. Packer itself has none since version 1.11.
   *
   * @default - none
   */
  readonly plugins?: PackerPlugin[];

  /**
   * Values of variables of the template.
   *
   * @default - the defaults of the template
   */
  readonly variables?: { [name: string]: string };

  /**
   * Variables whose values are secrets: read as the build starts, and masked in its logs. They reach Packer by its environment or a file that only it
   * reads, never by a command line; declare them `sensitive` in the template.
   *
   * @default - none
   */
  readonly secretVariables?: { [name: string]: ISecret };

  /**
   * Variable that gets the AMI of the image's parent, as its channel holds it when the build starts.
   *
   * @default - the template finds what it builds on by itself
   */
  readonly parentVariable?: string;

  /**
   * Sources of the template that are built, as for `-only`; more than one AMI a region is refused.
   *
   * @default - all of them
   */
  readonly only?: string[];

  /**
   * When the image is built again, beside what changes of the template and releases of the parent do.
   *
   * @default - no schedule
   */
  readonly schedule?: BuildSchedule;

  /**
   * Whether provisioners of the template test the image: opens the gate of image tests.
   *
   * @default false
   */
  readonly tested?: boolean;

  /**
   * How Packer reaches the instance that it builds on.
   *
   * @default PackerConnection.template()
   */
  readonly connection?: PackerConnection;

  /**
   * Network in which Packer runs. It must reach the APIs of AWS, and where a connection of this library is used, the instance.
   *
   * @default - none: AWS CodeBuild has the internet
   */
  readonly vpc?: IVpc;

  /**
   * Subnets in which Packer runs.
   *
   * @default - the private subnets of `vpc` that reach the internet
   */
  readonly subnets?: SubnetSelection;

  /**
   * Instance profile that the template names for the instance. Packer may pass its role.
   *
   * @default - the instance has none
   */
  readonly instanceProfile?: IInstanceProfile;

  /**
   * The tag by which Packer's instances are known, so that the build may stop and delete no others. The template sets it in `run_tags`: since its
   * version 1.0.9 the plugin gives instances no tag of its own (hashicorp/packer-plugin-amazon, pull request 191), and AWS refuses to launch one
   * without it. A template of the app is read at synthesis, and refused where a builder sets another tag; any other is looked at before Packer starts.
   */
  readonly runTag: PackerRunTag;

  /**
   * Other regions into which the template copies the AMI.
   *
   * @default - none
   */
  readonly copyRegions?: string[];

  /**
   * Whether the template shares what it makes with other accounts or everybody (`ami_users`, `ami_groups`, `ami_org_arns`, `ami_ou_arns`,
   * `snapshot_users`, `snapshot_groups`). A template of the app that does so without this is refused at synthesis.
   *
   * @default false
   */
  readonly sharesAmi?: boolean;

  /**
   * Keys of the tags that the template gives to copies of the AMI (`tags`, `snapshot_tags` beside `ami_regions` or `encrypt_boot`). Their snapshots
   * carry no tag until then, so that the build may give these tags to any snapshot of its regions; never the run tag.
   *
   * @default - those of the template, where it is a file or folder of the app; else none
   */
  readonly copyTagKeys?: string[];

  /**
   * Key that encrypts the volumes of the AMI.
   *
   * @default - the template names no key of yours
   */
  readonly volumeKey?: IKey;

  /**
   * Key that encrypts what AWS CodeBuild keeps.
   *
   * @default - the key of `ControlPlaneSettings`, else the AWS-managed key
   */
  readonly encryptionKey?: IKey;

  /**
   * How long a build may take, 30 minutes to 36 hours. A quarter of an hour before, Packer is asked to stop and to clean up.
   *
   * @default Duration.hours(4)
   */
  readonly timeout?: Duration;

  /**
   * Image of AWS CodeBuild: Linux on x86_64, with the AWS CLI and jq.
   *
   * @default 'aws/codebuild/amazonlinux-x86_64-standard:5.0'
   */
  readonly buildImage?: string;

  /**
   * How long build logs are kept. Their log group stays when the stack is deleted (`ControlPlaneSettings`, `removalPolicy`).
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;
}

/** A tag of instances. */
export interface PackerRunTag {
  /** Key of the tag. */
  readonly key: string;

  /** Value of the tag. */
  readonly value: string;
}
