import type { InputTable } from './model';

const timeToLive = { TimeToLiveSpecification: 'TimeToLiveSpecification' };
const accessControl = {
  AccessControl: 'the header x-amz-acl, whose values have hyphens (public-read) where the property has capitals (PublicRead)',
};
const inlinePolicy = { PolicyName: 'Policies[].PolicyName', PolicyDocument: 'Policies[].PolicyDocument' };

/** What keeps data and who may read it. */
export const data: InputTable = {
  'AWS::DynamoDB::Table': {
    service: 'dynamodb',
    operation: 'CreateTable',
    also: {
      UpdateContinuousBackups: { PointInTimeRecoverySpecification: 'PointInTimeRecoverySpecification' },
      UpdateTimeToLive: timeToLive,
    },
  },
  'AWS::DynamoDB::GlobalTable': {
    service: 'dynamodb',
    operation: 'CreateTable',
    also: {
      CreateTable: { TableClass: 'Replicas[].TableClass', Tags: 'Replicas[].Tags' },
      UpdateContinuousBackups: { PointInTimeRecoverySpecification: 'Replicas[].PointInTimeRecoverySpecification' },
      UpdateTimeToLive: timeToLive,
    },
  },
  'AWS::IAM::InstanceProfile': {
    service: 'iam', operation: 'CreateInstanceProfile', also: { AddRoleToInstanceProfile: { RoleName: 'Roles[]' } },
  },
  'AWS::IAM::ManagedPolicy': {
    service: 'iam',
    operation: 'CreatePolicy',
    aliases: { PolicyName: 'ManagedPolicyName' },
    also: { AttachRolePolicy: { RoleName: 'Roles[]' } },
  },
  'AWS::IAM::Policy': { service: 'iam', operation: 'PutRolePolicy', also: { PutRolePolicy: { RoleName: 'Roles[]' } } },
  'AWS::IAM::Role': {
    service: 'iam',
    operation: 'CreateRole',
    also: { AttachRolePolicy: { PolicyArn: 'ManagedPolicyArns[]' }, PutRolePolicy: inlinePolicy },
  },
  'AWS::IAM::ServiceLinkedRole': { service: 'iam', operation: 'CreateServiceLinkedRole' },
  'AWS::KMS::Alias': { service: 'kms', operation: 'CreateAlias' },
  'AWS::KMS::Key': {
    service: 'kms',
    operation: 'CreateKey',
    aliases: { Policy: 'KeyPolicy', TagKey: 'Key', TagValue: 'Value' },
    also: {
      EnableKeyRotation: { RotationPeriodInDays: 'RotationPeriodInDays' },
      ScheduleKeyDeletion: { PendingWindowInDays: 'PendingWindowInDays' },
    },
    elsewhere: { Enabled: 'EnableKey and DisableKey', EnableKeyRotation: 'EnableKeyRotation and DisableKeyRotation' },
  },
  'AWS::Logs::LogGroup': {
    service: 'logs', operation: 'CreateLogGroup', also: { PutRetentionPolicy: { retentionInDays: 'RetentionInDays' } },
  },
  'AWS::S3::Bucket': {
    service: 's3',
    operation: 'CreateBucket',
    aliases: { Bucket: 'BucketName' },
    also: {
      PutBucketEncryption: {
        'ServerSideEncryptionConfiguration.Rules.ApplyServerSideEncryptionByDefault':
          'BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault',
      },
      PutBucketLifecycleConfiguration: { LifecycleConfiguration: 'LifecycleConfiguration' },
      PutBucketLogging: { 'BucketLoggingStatus.LoggingEnabled': 'LoggingConfiguration' },
      PutBucketOwnershipControls: { OwnershipControls: 'OwnershipControls' },
      PutBucketTagging: { 'Tagging.TagSet': 'Tags' },
      PutBucketVersioning: { VersioningConfiguration: 'VersioningConfiguration' },
      PutPublicAccessBlock: { PublicAccessBlockConfiguration: 'PublicAccessBlockConfiguration' },
    },
    elsewhere: accessControl,
  },
  'AWS::S3::BucketPolicy': { service: 's3', operation: 'PutBucketPolicy', aliases: { Policy: 'PolicyDocument' } },
  'AWS::SSM::Parameter': { service: 'ssm', operation: 'PutParameter' },
};
