import { AwsError, page, refuseUnknown, type Operation, type World } from '../kernel';
import type { Bucket } from './bucket';

interface Buckets {
  all(): Bucket[];
  required(name: string): Bucket;
  create(name: string): Bucket;
  remove(name: string): void;
}

/** Buckets have been encrypted so unless told otherwise since January 2023. */
const DEFAULT_ENCRYPTION = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] };

export function bucketOperations(world: World, buckets: Buckets): Record<string, Operation> {
  return {
    CreateBucket: (input) => {
      refuseUnknown('s3:CreateBucket', input, ['Bucket', 'ACL', 'CreateBucketConfiguration', 'ObjectOwnership']);
      buckets.create(input.Bucket);
      return { Location: `/${input.Bucket}` };
    },
    DeleteBucket: (input) => buckets.remove(input.Bucket),
    HeadBucket: (input) => {
      buckets.required(input.Bucket);
      return { BucketRegion: world.region };
    },
    ListBuckets: (input) => {
      refuseUnknown('s3:ListBuckets', input, ['Prefix', 'BucketRegion', 'MaxBuckets', 'ContinuationToken']);
      const found = buckets.all().filter(({ name }) => name.startsWith(input.Prefix ?? '') && (input.BucketRegion ?? world.region) === world.region);
      const { items, NextToken: ContinuationToken } = page(found, input.MaxBuckets, input.ContinuationToken);
      return {
        Buckets: items.map((bucket) => ({
          Name: bucket.name, CreationDate: new Date(bucket.createdAt), ...(input.BucketRegion ? { BucketRegion: world.region } : {}),
        })),
        Owner: { ID: world.account },
        Prefix: input.Prefix,
        ContinuationToken,
      };
    },
    GetBucketLocation: (input) => {
      buckets.required(input.Bucket);
      return { LocationConstraint: world.region === 'us-east-1' ? undefined : world.region };
    },
    ...settingOperations(buckets),
  };
}

function settingOperations(buckets: Buckets): Record<string, Operation> {
  const settings = (input: { Bucket: string }): Bucket['settings'] => buckets.required(input.Bucket).settings;
  return {
    GetBucketVersioning: (input) => ({ Status: settings(input).versioning }),
    PutBucketVersioning: (input) => {
      settings(input).versioning = input.VersioningConfiguration.Status;
    },
    GetBucketEncryption: (input) => ({ ServerSideEncryptionConfiguration: settings(input).encryption ?? DEFAULT_ENCRYPTION }),
    PutBucketEncryption: (input) => {
      settings(input).encryption = input.ServerSideEncryptionConfiguration;
    },
    GetPublicAccessBlock: (input) => ({
      PublicAccessBlockConfiguration: required(settings(input).publicAccessBlock, 'NoSuchPublicAccessBlockConfiguration', 'public access block'),
    }),
    PutPublicAccessBlock: (input) => {
      settings(input).publicAccessBlock = input.PublicAccessBlockConfiguration;
    },
    GetBucketPolicy: (input) => ({ Policy: required(settings(input).policy, 'NoSuchBucketPolicy', 'bucket policy') }),
    PutBucketPolicy: (input) => {
      settings(input).policy = input.Policy;
    },
    DeleteBucketPolicy: (input) => {
      settings(input).policy = undefined;
    },
    GetBucketTagging: (input) => ({ TagSet: required(settings(input).tags, 'NoSuchTagSet', 'TagSet') }),
    PutBucketTagging: (input) => {
      settings(input).tags = input.Tagging.TagSet;
    },
  };
}

function required<T>(value: T | undefined, code: string, what: string): T {
  if (value === undefined) throw new AwsError(code, `The ${what} does not exist`, 404);
  return value;
}
