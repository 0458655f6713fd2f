import { Annotations, Lazy, Resource, Stack } from 'aws-cdk-lib';
import {
  InstanceArchitecture, InstanceType, SecurityGroup, type ISecurityGroup, type IVpc, type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { InstanceProfile, ManagedPolicy, Role, ServicePrincipal, type IRole } from 'aws-cdk-lib/aws-iam';
import { CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import { warnOfBuildNetwork } from './build-network';
import { checkResourceTags, resourceTagProblems } from './resource-tags';
import { ControlPlane } from '../control-plane/control-plane';
import { keptLogs } from '../control-plane/kept-logs';
import { enter } from '../private/doors';
import { InvalidInputError } from '../private/errors';
import { explain, explainActions, explainWildcards } from '../private/findings';
import { nameLimits } from '../private/limits';
import { idFollowsName } from '../private/logical-ids';
import { nameOfId } from '../private/name-of-id';
import { composedName, imageBuilderName, validName } from '../private/names';

/** Properties of `BuildInfrastructure`. */
export interface BuildInfrastructureProps {
  /**
   * Network in which build and test instances run. No gateway and no endpoint is made: its subnets must reach Systems Manager,
   * Image Builder, S3 and CloudWatch Logs.
   *
   * @default - the default VPC of the account, and synthesis warns
   */
  readonly vpc?: IVpc;

  /**
   * Subnets in which instances run; the first one is used.
   *
   * @default - the private subnets of `vpc` that reach the internet, else its private, isolated or public ones
   */
  readonly subnets?: SubnetSelection;

  /**
   * Security group of the instances.
   *
   * @default - one without ingress if `vpc` is given, else the default group of the default VPC
   */
  readonly securityGroup?: ISecurityGroup;

  /**
   * Instance types that may be used; each image uses those of its architecture.
   *
   * @default - m6i.large or m5.large; m7g.large or m6g.large for arm64
   */
  readonly instanceTypes?: InstanceType[];

  /**
   * Key that encrypts the root volumes of the images. A fleet adds to the policy of a key of the app what EC2 Auto Scaling needs to launch from
   * such an image; of an imported key, synthesis prints the statements that its policy must have.
   *
   * @default - the AWS-managed key of EBS
   */
  readonly encryptionKey?: IKey;

  /**
   * Tags of the instances and volumes that builds launch, as service control policies ask for; 30 at most, with those of the stack.
   *
   * @default - the tags of the stack and of this construct
   */
  readonly resourceTags?: { [key: string]: string };

  /**
   * Bucket for build logs, beside CloudWatch Logs.
   *
   * @default - no bucket
   */
  readonly logBucket?: IBucket;

  /**
   * How long build logs are kept in CloudWatch Logs. Their log group stays when the stack is deleted (`ControlPlaneSettings`, `removalPolicy`).
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;
}

/** Where images are built: network, instance types, role and logs. */
export interface IBuildInfrastructure extends IConstruct {
  /** Role of the build and test instances. */
  readonly role: IRole;

  /** Log group of builds and pipelines. */
  readonly logGroupName: string;

  /**
   * Key that encrypts the root volumes of the images.
   *
   * @default - the AWS-managed key of EBS
   */
  readonly encryptionKey?: IKey;

  /** ARN of the infrastructure configuration for an architecture. */
  configurationArn(architecture: InstanceArchitecture): string;
}

const defaultTypes: Record<string, string[]> = {
  [InstanceArchitecture.X86_64]: ['m6i.large', 'm5.large'],
  [InstanceArchitecture.ARM_64]: ['m7g.large', 'm6g.large'],
};

/** Where images are built. The images of a stack share one, unless they are given another. */
export class BuildInfrastructure extends Resource implements IBuildInfrastructure {
  /** The infrastructure that the images of the stack of `scope` share. */
  public static shared(scope: Construct): BuildInfrastructure {
    const plane = ControlPlane.of(scope);
    return (plane.node.tryFindChild('BuildInfrastructure') as BuildInfrastructure | undefined)
      ?? new BuildInfrastructure(plane, 'BuildInfrastructure');
  }

  public readonly role: IRole;
  public readonly logGroupName: string;
  public readonly encryptionKey?: IKey;
  private readonly name: string;
  private readonly profile: InstanceProfile;
  private readonly securityGroup?: ISecurityGroup;

  public constructor(scope: Construct, id: string, private readonly props: BuildInfrastructureProps = {}) {
    enter('BuildInfrastructure', arguments, new.target);
    super(scope, id);
    this.checkNetwork();
    checkResourceTags(this, props.resourceTags);
    this.name = this.claimName(nameOfId(id));
    const role = this.role = this.makeRole();
    this.profile = new InstanceProfile(this, 'InstanceProfile', { role });
    this.securityGroup = props.securityGroup ?? (props.vpc && this.closedGroup(props.vpc));
    if (props.vpc) { warnOfBuildNetwork(this, props.vpc, props.subnets); }
    this.encryptionKey = props.encryptionKey;
    this.logGroupName = this.makeLogGroup(role.roleId);
  }

  public configurationArn(architecture: InstanceArchitecture): string {
    const id = `Configuration-${architecture}`;
    const existing = this.node.tryFindChild(id) as CfnInfrastructureConfiguration | undefined;
    return (existing ?? this.configuration(id, architecture)).attrArn;
  }

  /**
   * Under this prefix the service-linked role of Image Builder may write logs. The log group stays when its stack is deleted, and would be in the way
   * of a later one of the same name: so the name ends in an id that AWS gives only once.
   */
  private makeLogGroup(uniqueId: string): string {
    const logGroupName = `/aws/imagebuilder/${this.name}/${uniqueId}`;
    const retention = this.props.logRetention ?? RetentionDays.THREE_MONTHS;
    keptLogs(this, 'Logs', { logGroupName, retention });
    return logGroupName;
  }

  private claimName(id: string): string {
    const plane = ControlPlane.of(this);
    plane.claims.claim('name of a build infrastructure', validName(this, 'name of the infrastructure', id, 'the id of the construct'), this,
      'give one of them another id');
    return imageBuilderName(this, plane.namespace, { id });
  }

  private configuration(id: string, architecture: InstanceArchitecture): CfnInfrastructureConfiguration {
    const { vpc, subnets, logBucket } = this.props;
    const configuration: CfnInfrastructureConfiguration = new CfnInfrastructureConfiguration(this, id, {
      name: composedName(this, nameLimits.imageBuilder, `${this.name}-${architecture.replace('_', '-')}`, { 'namespace and id': this.name }),
      instanceProfileName: this.profile.instanceProfileName,
      instanceTypes: this.instanceTypes(architecture),
      instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      subnetId: vpc?.selectSubnets(subnets).subnetIds[0],
      securityGroupIds: this.securityGroup && [this.securityGroup.securityGroupId],
      logging: logBucket && { s3Logs: { s3BucketName: logBucket.bucketName, s3KeyPrefix: this.name } },
      terminateInstanceOnFailure: true,
      resourceTags: Lazy.uncachedAny({ produce: () => this.resourceTags(configuration) }),
    });
    configuration.node.addValidation({ validate: () => resourceTagProblems(this, this.resourceTags(configuration) ?? {}) });
    idFollowsName(configuration, 'Infrastructure', `${nameOfId(this.node.id)}-${architecture}`);
    return configuration;
  }

  /** Called at synthesis, when all tags are known. */
  private resourceTags(configuration: CfnInfrastructureConfiguration): { [key: string]: string } | undefined {
    const tags = { ...Stack.of(this).tags.tagValues(), ...configuration.tags.tagValues(), ...this.props.resourceTags };
    return Object.keys(tags).length === 0 ? undefined : tags;
  }

  private instanceTypes(architecture: InstanceArchitecture): string[] {
    const given = this.props.instanceTypes;
    if (given === undefined) {
      return defaultTypes[architecture]!;
    }
    const suitable = given.filter((type) => type.architecture === architecture).map((type) => type.toString());
    if (suitable.length === 0) {
      throw new InvalidInputError(this, {
        what: `none of the instance types '${given.join(', ')}' is of architecture ${architecture}`,
        expected: `an instance type of architecture ${architecture}, because an image of it is built here`,
        fix: 'add one to instanceTypes',
      });
    }
    return suitable;
  }

  private makeRole(): Role {
    const role = new Role(this, 'Role', {
      description: 'Build and test instances of images',
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore'),
        ManagedPolicy.fromAwsManagedPolicyName('EC2InstanceProfileForImageBuilder'),
      ],
    });
    explain(
      role,
      'IAMNoInlinePolicy',
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]',
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/EC2InstanceProfileForImageBuilder]',
    );
    if (this.props.logBucket) { this.allowLogs(role, this.props.logBucket); }
    return role;
  }

  private allowLogs(role: Role, bucket: IBucket): void {
    bucket.grantPut(role, `${this.name}/*`);
    explainWildcards(role, [bucket.arnForObjects(`${this.name}/*`)], 'Image Builder names logs after builds; limited to the prefix of this infrastructure');
    explainActions(role, ['s3:Abort*'], 'Uploads in parts that failed; limited to the prefix of this infrastructure');
  }

  private closedGroup(vpc: IVpc): SecurityGroup {
    return new SecurityGroup(this, 'SecurityGroup', { vpc, description: 'Build and test instances of images: no ingress', allowAllOutbound: true });
  }

  private checkNetwork(): void {
    const { vpc, subnets } = this.props;
    if (vpc === undefined && subnets !== undefined) {
      throw new InvalidInputError(this, { what: 'subnets are given without a vpc', expected: 'both or neither', fix: 'give the vpc of the subnets' });
    }
    if (vpc === undefined) {
      Annotations.of(this).addWarningV2(
        'cdk-golden-images:defaultVpc',
        'images are built in the default VPC of the account; give BuildInfrastructure a vpc',
      );
    }
  }
}
