import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { explain, explainActions, explainWildcards } from '../../private/findings';

const LISTED = 'VM Import/Export documents it for its role; the actions that list and describe know no resources';

/**
 * The role in which VM Import/Export works. Trust and permissions: VM Import/Export user guide, "Required permissions", "Required service role";
 * the external id `vmimport` and the source keys are what the service sends, whatever the role is called.
 */
export class DiskServiceRole extends Role {
  public constructor(scope: Construct, id: string, description: string) {
    const { account, partition } = Stack.of(scope);
    super(scope, id, {
      description,
      assumedBy: new ServicePrincipal('vmie.amazonaws.com', {
        conditions: {
          StringEquals: { 'sts:ExternalId': 'vmimport', 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:vmie:*:${account}:*` },
        },
      }),
    });
    explain(this, 'IAMNoInlinePolicy');
    this.allowImages();
  }

  /** Reads disks of a bucket. */
  public allowReading(bucket: IBucket): void {
    this.allow(['s3:GetBucketLocation', 's3:ListBucket'], [bucket.bucketArn]);
    this.allow(['s3:GetObject'], [bucket.arnForObjects('*')], 'Which disks are imported is known when they are');
  }

  /** Writes disks under a prefix of a bucket. */
  public allowWriting(bucket: IBucket, prefix: string): void {
    this.allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:GetBucketAcl'], [bucket.bucketArn]);
    this.allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects(`${prefix}*`)], 'The service names each disk after its task');
  }

  /** Encrypts what is imported. */
  public allowKey(key: IKey): void {
    this.allow(['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'], [key.keyArn]);
    explainActions(this, ['kms:GenerateDataKey*', 'kms:ReEncrypt*'], LISTED);
  }

  private allowImages(): void {
    const { partition, region } = Stack.of(this);
    this.allow(['ec2:ModifySnapshotAttribute', 'ec2:CopySnapshot', 'ec2:RegisterImage'],
      [`arn:${partition}:ec2:${region}::snapshot/*`, `arn:${partition}:ec2:${region}::image/*`], 'The service makes what it names');
    this.allow(['ec2:Describe*'], ['*'], LISTED);
    explainActions(this, ['ec2:Describe*'], LISTED);
  }

  private allow(actions: string[], resources: string[], wildcards?: string): void {
    this.addToPolicy(new PolicyStatement({ actions, resources }));
    explainWildcards(this, resources, wildcards);
  }
}
