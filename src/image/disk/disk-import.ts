import { CfnOutput, Duration, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { Grant, ManagedPolicy, Role, ServicePrincipal, type IGrantable, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { importPermissions, type IsoImport } from './import-permissions';
import { DiskServiceRole } from './service-role';
import { DISK_IMPORT_OUTPUT } from '../../contract';
import { ControlPlaneSettings } from '../../control-plane/settings';
import { enter } from '../../private/doors';
import { InvalidInputError } from '../../private/errors';
import { explain, explainGrant, explainWildcards } from '../../private/findings';
import { isKind, mark } from '../../private/kinds';
import { nameOfId } from '../../private/name-of-id';
import { rootStack } from '../../private/stacks';
import { BuildInfrastructure, type IBuildInfrastructure } from '../build-infrastructure';
import { isoPermissions } from '../build-permissions';

/** Actions with wildcards by which the CDK grants the use of a bucket and of its key. */
const READ = ['s3:GetBucket*', 's3:GetObject*', 's3:List*'];
const WRITE = ['s3:Abort*', 's3:DeleteObject*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** Properties of `DiskImport`. */
export interface DiskImportProps {
  /**
   * Bucket that disks are uploaded to, of the same account and region.
   *
   * @default - a bucket that is encrypted with the key of `ControlPlaneSettings`, else with S3-managed keys, takes only TLS, and is kept when the stack is
   * deleted
   */
  readonly bucket?: IBucket;

  /**
   * Bucket for the access logs of the bucket that is made.
   *
   * @default - no access logs
   */
  readonly accessLogBucket?: IBucket;

  /**
   * Key that encrypts the AMIs that are imported.
   *
   * @default - as the account encrypts volumes by default. AMIs of a disk that is not to be encrypted can be exported again
   */
  readonly encryptionKey?: IKey;

  /**
   * Where Windows is installed from an ISO file, in instances of a role of their own, which may read the bucket.
   *
   * @default - ISO files are not imported
   */
  readonly isoInfrastructure?: IBuildInfrastructure;
}

/**
 * What AWS needs to make a parent image of a virtual machine's disk (OVA, VMDK, VHD, VHDX, RAW) or of a Windows 11 ISO file: a bucket, and the role of VM
 * Import/Export. The import itself is a command, since it happens once a disk: `golden-images disk import`; see docs/guides/disk-images.md.
 * One a stack.
 */
export class DiskImport extends Resource {
  /** The bucket for disks. */
  public readonly bucket: IBucket;

  /** The role in which VM Import/Export reads the bucket and makes AMIs. */
  public readonly role: IRole;
  private readonly iso?: IsoImport;

  public constructor(scope: Construct, id: string, private readonly props: DiskImportProps = {}) {
    enter('DiskImport', arguments, new.target);
    super(scope, id);
    this.checkOne();
    this.bucket = props.bucket ?? this.makeBucket();
    this.role = this.makeRole();
    this.iso = props.isoInfrastructure && this.installIso(props.isoInfrastructure);
    this.tell();
  }

  /** Lets somebody upload disks and import them. */
  public grantImport(grantee: IGrantable): Grant {
    this.bucket.grantReadWrite(grantee);
    this.props.encryptionKey?.grantEncryptDecrypt(grantee);
    const statements = importPermissions(this, { role: this.role, iso: this.iso });
    const resources = [this.bucket.arnForObjects('*'), ...statements.flatMap((statement) => statement.resources)];
    explainGrant(grantee, { resources, actions: [...READ, ...WRITE] }, 'Uploads disks to the bucket for disks and imports them; tasks and images have no id before, and what lists knows no resources');
    return statements.map((statement) => Grant.addToPrincipal({
      grantee, actions: statement.actions, resourceArns: statement.resources, conditions: statement.conditions,
    })).reduce((all, grant) => all.combine(grant));
  }

  private checkOne(): void {
    const other = rootStack(this).node.findAll().find((construct) => construct !== this && isKind(construct, 'DiskImport'));
    if (other) {
      throw new InvalidInputError(this, { what: `the stack has a DiskImport already, ${other.node.path}`, expected: 'one a stack', fix: 'use that one' });
    }
    if (this.props.bucket && this.props.accessLogBucket) {
      throw new InvalidInputError(this, {
        what: 'bucket and accessLogBucket are both given', expected: 'accessLogBucket only where a bucket is made', fix: 'set up access logs at the bucket itself',
      });
    }
  }

  private makeBucket(): Bucket {
    const { encryptionKey } = ControlPlaneSettings._ofPlane(this);
    const bucket = new Bucket(this, 'Disks', {
      ...encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED },
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      serverAccessLogsBucket: this.props.accessLogBucket,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    explain(bucket, 'S3BucketReplicationEnabled', 'S3BucketVersioningEnabled', ...encryptionKey ? [] : ['S3DefaultEncryptionKMS' as const]);
    return bucket;
  }

  private makeRole(): DiskServiceRole {
    const role = new DiskServiceRole(this, 'Role', 'VM Import/Export, to import disks as parent images');
    role.allowReading(this.bucket);
    if (this.bucket.encryptionKey) { this.bucket.encryptionKey.grantDecrypt(role); }
    if (this.props.encryptionKey) { role.allowKey(this.props.encryptionKey); }
    return role;
  }

  /**
   * The user guide ("Import verified Windows ISO disk images") advises a role with this policy. Whether it reads the file or the build instance does is not
   * documented (assumption: iso-read-by-instance).
   */
  private installIso(infrastructure: IBuildInfrastructure): IsoImport {
    const executionRole = new Role(this, 'IsoRole', {
      description: 'Image Builder, to install Windows from ISO files',
      assumedBy: new ServicePrincipal('imagebuilder.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('EC2ImageBuilderExecutionPolicy')],
    });
    explain(executionRole, 'IAMNoInlinePolicy', 'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/EC2ImageBuilderExecutionPolicy]');
    const { role, configurationArn } = this.isoInstances(infrastructure);
    const granted = { resources: [this.bucket.arnForObjects('*')], actions: READ };
    [role, executionRole].forEach((reader) => {
      this.bucket.grantRead(reader);
      explainGrant(reader, granted, 'Reads the bucket for disks: which ISO file is imported is known when it is');
    });
    return { infrastructureArn: configurationArn, executionRole };
  }

  /** In a role of its own, as an image that reads privately: no build of an image reads the disks. */
  private isoInstances(infrastructure: IBuildInfrastructure): { role: IRole; configurationArn: string } {
    const architecture = InstanceArchitecture.X86_64;
    if (!(infrastructure instanceof BuildInfrastructure)) {
      return { role: infrastructure.role, configurationArn: infrastructure.configurationArn(architecture) };
    }
    const instances = infrastructure._apart(new Construct(infrastructure, 'RoleForIso'), `${nameOfId(infrastructure.node.id)}-iso`);
    isoPermissions(this).forEach(({ statement, wildcards }) => {
      instances.role.permitRead(statement);
      explainWildcards(instances.role, statement.resources, wildcards);
    });
    return { role: instances.role, configurationArn: instances.configurationArn(architecture) };
  }

  /** The command reads it from the outputs of the stack. */
  private tell(): void {
    const value = Stack.of(this).toJsonString({
      bucket: this.bucket.bucketName,
      role: this.role.roleName,
      key: this.props.encryptionKey?.keyArn,
      infrastructure: this.iso?.infrastructureArn,
      executionRole: this.iso?.executionRole.roleArn,
    });
    // The command looks at the stack that was deployed, not at those that are nested in it.
    const nested = rootStack(this) !== Stack.of(this);
    new CfnOutput(nested ? rootStack(this) : this, nested ? 'DiskImportOutput' : 'Output', { value, description: 'For golden-images disk import' }).overrideLogicalId(DISK_IMPORT_OUTPUT);
  }
}

mark(DiskImport.prototype, 'DiskImport');
