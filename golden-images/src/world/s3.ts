import { AwsError, Service, type Operation, type ResourceType, type World } from './kernel';
import { assertBucketName, Bucket } from './s3/bucket';
import { bucketOperations } from './s3/bucket-operations';
import { listingOperations } from './s3/listing';
import { multipartOperations } from './s3/multipart';
import { objectOperations } from './s3/object-operations';
import { s3ResourceTypes } from './s3/resource-types';

/**
 * Amazon S3: buckets, objects and their versions.
 * Recorded, not enforced: policies, access control, encryption, life cycle.
 */
export class S3Service extends Service {
  public override readonly signingName = 's3';
  public override readonly operations: Readonly<Record<string, Operation>>;
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>>;
  private readonly buckets = new Map<string, Bucket>();

  public constructor(world: World) {
    super(world);
    const bucketOf = (name: string): Bucket => this.required(name);
    this.operations = {
      ...bucketOperations(world, this), ...objectOperations(world, bucketOf), ...listingOperations(bucketOf), ...multipartOperations(world, bucketOf),
    };
    this.resourceTypes = s3ResourceTypes(world, this);
  }

  /** Puts an object as another service does; the bucket must exist. */
  public putObject(bucket: string, key: string, body: Buffer): void {
    this.required(bucket).put(key, body, this.world.now);
  }

  /** The newest version of an object; undefined when bucket or object do not exist. */
  public object(bucket: string, key: string): Buffer | undefined {
    return this.buckets.get(bucket)?.find(key)?.body;
  }

  public all(): Bucket[] {
    return [...this.buckets.values()];
  }

  public required(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
    return bucket;
  }

  public create(name: string): Bucket {
    assertBucketName(name);
    if (this.buckets.has(name)) {
      throw new AwsError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', 409);
    }
    const bucket = new Bucket(name, this.world.now);
    this.buckets.set(name, bucket);
    return bucket;
  }

  public remove(name: string): void {
    if (!this.required(name).empty) throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    this.buckets.delete(name);
  }
}
