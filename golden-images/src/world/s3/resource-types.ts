import { NotModelled, type Properties, type ResourceContext, type ResourceType, type World } from '../kernel';
import type { Bucket } from './bucket';

interface Buckets {
  required(name: string): Bucket;
  create(name: string): Bucket;
  remove(name: string): void;
}

export function s3ResourceTypes(world: World, buckets: Buckets): Record<string, ResourceType> {
  return { 'AWS::S3::Bucket': bucketType(world, buckets), 'AWS::S3::BucketPolicy': policyType(buckets) };
}

/** Versioning, encryption, the public access block and tags can be read back; the rest is recorded by CloudFormation only. */
function bucketType(world: World, buckets: Buckets): ResourceType {
  const apply = (bucket: Bucket, properties: Properties, context: ResourceContext): void => {
    Object.assign(bucket.settings, {
      versioning: properties.VersioningConfiguration?.Status ?? (bucket.settings.versioning && 'Suspended'),
      encryption: encryption(properties),
      publicAccessBlock: properties.PublicAccessBlockConfiguration,
      tags: [...(properties.Tags ?? []), ...context.tags],
    });
  };
  return {
    properties: {
      BucketName: 'replace',
      AccessControl: 'update',
      BucketEncryption: 'update',
      PublicAccessBlockConfiguration: 'update',
      VersioningConfiguration: 'update',
      LifecycleConfiguration: 'update',
      OwnershipControls: 'update',
      LoggingConfiguration: 'update',
      Tags: 'update',
    },
    create: (context, properties) => {
      const bucket = buckets.create(properties.BucketName ?? context.generateName(63).toLowerCase());
      apply(bucket, properties, context);
      return bucket.name;
    },
    update: (context, name, properties) => apply(buckets.required(name), properties, context),
    delete: (_context, name) => buckets.remove(name),
    attribute: (name, attribute) => bucketAttribute(world, buckets.required(name).name, attribute),
  };
}

function bucketAttribute(world: World, name: string, attribute: string): string {
  switch (attribute) {
    case 'Arn': return `arn:aws:s3:::${name}`;
    case 'DomainName': return `${name}.s3.amazonaws.com`;
    case 'RegionalDomainName': return `${name}.s3.${world.region}.amazonaws.com`;
    default: throw new NotModelled(`the attribute ${attribute} of AWS::S3::Bucket`);
  }
}

/** CloudFormation and the API have different names for the same. */
function encryption(properties: Properties): unknown {
  const rules = properties.BucketEncryption?.ServerSideEncryptionConfiguration as Properties[] | undefined;
  return rules && {
    Rules: rules.map(({ ServerSideEncryptionByDefault, BucketKeyEnabled = false }) => (
      { ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault, BucketKeyEnabled }
    )),
  };
}

function policyType(buckets: Buckets): ResourceType {
  const put = (properties: Properties): void => {
    buckets.required(properties.Bucket).settings.policy = JSON.stringify(properties.PolicyDocument);
  };
  return {
    properties: { Bucket: 'replace', PolicyDocument: 'update' },
    create: (_context, properties) => {
      put(properties);
      return properties.Bucket as string;
    },
    update: (_context, _bucket, properties) => put(properties),
    delete: (_context, bucket) => {
      buckets.required(bucket).settings.policy = undefined;
    },
    attribute: (_bucket, attribute) => {
      throw new NotModelled(`the attribute ${attribute} of AWS::S3::BucketPolicy`);
    },
  };
}
