import { Annotations, Resource } from 'aws-cdk-lib';
import {
  InstanceArchitecture, InstanceType, SecurityGroup, type ISecurityGroup, type IVpc, type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import { BuildInstances } from './build-instances';
import { warnOfBuildNetwork } from './build-network';
import type { BuildRole } from './build-role';
import { checkResourceTags } from './resource-tags';
import { ControlPlane } from '../control-plane/control-plane';
import { keptLogs } from '../control-plane/kept-logs';
import { enter } from '../private/doors';
import { InvalidInputError } from '../private/errors';
import { nameOfId } from '../private/name-of-id';
import { imageBuilderName, validName } from '../private/names';

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
  /**
   * Role of the build and test instances. An image that reads secrets or objects of buckets is built in a role of its own, where the infrastructure
   * is of this library; what the app grants to this one, that has too.
   */
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
  private readonly securityGroup?: ISecurityGroup;
  private readonly instances: BuildInstances;

  public constructor(scope: Construct, id: string, private readonly props: BuildInfrastructureProps = {}) {
    enter('BuildInfrastructure', arguments, new.target);
    super(scope, id);
    this.checkNetwork();
    checkResourceTags(this, props.resourceTags);
    this.name = this.claimName(this, validName(this, 'name of the infrastructure', nameOfId(id), 'the id of the construct'));
    this.securityGroup = props.securityGroup ?? (props.vpc && this.closedGroup(props.vpc));
    this.instances = this.makeInstances(this, nameOfId(id), this.name);
    this.role = this.instances.role;
    if (props.vpc) { warnOfBuildNetwork(this, props.vpc, props.subnets); }
    this.encryptionKey = props.encryptionKey;
    this.logGroupName = this.makeLogGroup(this.instances.role.roleId);
  }

  public configurationArn(architecture: InstanceArchitecture): string {
    return this.instances.configurationArn(architecture);
  }

  /**
   * Instances like these in a role of their own, which has what the app granted to the role of this infrastructure, and nothing of what others read.
   *
   * @internal
   */
  public _apart(scope: Construct, id: string): BuildInstances {
    const instances = this.makeInstances(scope, id, this.claimName(scope, id), this.instances.role);
    this.instances.role.lead(instances.role);
    return instances;
  }

  /**
   * What images are built in that read nothing but what the app publishes itself.
   *
   * @internal
   */
  public get _instances(): BuildInstances {
    return this.instances;
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

  private claimName(owner: Construct, id: string): string {
    const plane = ControlPlane.of(this);
    plane.claims.claim('name of a build infrastructure', id, owner, 'give one of them another id');
    return imageBuilderName(owner, plane.namespace, { id });
  }

  private makeInstances(scope: Construct, id: string, name: string, leader?: BuildRole): BuildInstances {
    const { props: settings, securityGroup, name: logPrefix } = this;
    const { namespace } = ControlPlane.of(this);
    return new BuildInstances(scope, { id, name, logPrefix, namespace, settings, securityGroup, leader });
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
