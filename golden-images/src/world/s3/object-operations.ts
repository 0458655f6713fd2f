import { AwsError, refuseUnknown, type Operation, type World } from '../kernel';
import type { Bucket, ObjectVersion } from './bucket';

type BucketOf = (name: string) => Bucket;

/** Sent with an object and returned with it. */
export const RETURNED = [
  'CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentType', 'Metadata', 'ServerSideEncryption', 'SSEKMSKeyId',
  'BucketKeyEnabled',
];
/** About how the request travels, not about the object: accepted and not looked at. */
export const TRANSPORT = [
  'ContentLength', 'ContentMD5', 'ChecksumAlgorithm', 'ChecksumCRC32', 'ChecksumCRC32C', 'ChecksumCRC64NVME', 'ChecksumSHA1', 'ChecksumSHA256',
  'ChecksumMode', 'ExpectedBucketOwner', 'ACL',
];

export function objectOperations(world: World, bucketOf: BucketOf): Record<string, Operation> {
  return {
    PutObject: (input) => {
      refuseUnknown('s3:PutObject', input, ['Bucket', 'Key', 'Body', 'IfNoneMatch', ...RETURNED, ...TRANSPORT]);
      const bucket = bucketOf(input.Bucket);
      refuseExisting(bucket, input);
      return described(bucket.put(input.Key, toBuffer(input.Body), world.now, pick(input, RETURNED)));
    },
    GetObject: (input) => {
      refuseUnknown('s3:GetObject', input, ['Bucket', 'Key', 'VersionId', 'Range', ...TRANSPORT]);
      const version = existing(bucketOf(input.Bucket), input.Key, input.VersionId);
      return input.Range ? ranged(version, input.Range) : { ...head(version), Body: version.body };
    },
    HeadObject: (input) => {
      refuseUnknown('s3:HeadObject', input, ['Bucket', 'Key', 'VersionId', ...TRANSPORT]);
      return head(existing(bucketOf(input.Bucket), input.Key, input.VersionId));
    },
    CopyObject: (input) => {
      refuseUnknown('s3:CopyObject', input, ['Bucket', 'Key', 'CopySource', 'MetadataDirective', ...RETURNED, ...TRANSPORT]);
      const source = copySource(bucketOf, input.CopySource);
      const headers = input.MetadataDirective === 'REPLACE' ? pick(input, RETURNED) : source.headers;
      const copy = bucketOf(input.Bucket).put(input.Key, source.body, world.now, headers);
      return { VersionId: versionIdOf(copy), CopyObjectResult: { ETag: copy.etag, LastModified: new Date(copy.lastModified) } };
    },
    DeleteObject: (input) => {
      refuseUnknown('s3:DeleteObject', input, ['Bucket', 'Key', 'VersionId', 'ExpectedBucketOwner']);
      return deletion(bucketOf(input.Bucket).remove(input.Key, world.now, input.VersionId), input.VersionId);
    },
    DeleteObjects: (input) => {
      refuseUnknown('s3:DeleteObjects', input, ['Bucket', 'Delete', ...TRANSPORT]);
      const bucket = bucketOf(input.Bucket);
      const Deleted = (input.Delete.Objects as Array<{ Key: string; VersionId?: string }>)
        .map(({ Key, VersionId }) => ({ Key, ...deletion(bucket.remove(Key, world.now, VersionId), VersionId) }));
      return input.Delete.Quiet ? {} : { Deleted };
    },
  };
}

export function toBuffer(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body as Uint8Array);
}

export function described(version: ObjectVersion): Record<string, unknown> {
  return { ETag: version.etag, VersionId: versionIdOf(version), ...pick(version.headers, ['ServerSideEncryption', 'SSEKMSKeyId']) };
}

function head(version: ObjectVersion): Record<string, unknown> {
  return {
    ...version.headers,
    ETag: version.etag,
    ContentLength: version.body.length,
    LastModified: new Date(version.lastModified),
    AcceptRanges: 'bytes',
    VersionId: versionIdOf(version),
    ContentType: version.headers.ContentType ?? 'binary/octet-stream',
  };
}

function ranged(version: ObjectVersion, range: string): Record<string, unknown> {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const size = version.body.length;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start > end) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  const Body = version.body.subarray(start, end + 1);
  return { ...head(version), Body, ContentLength: Body.length, ContentRange: `bytes ${start}-${end}/${size}` };
}

function existing(bucket: Bucket, key: string, versionId?: string): ObjectVersion {
  const version = bucket.find(key, versionId);
  if (!version) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return version;
}

/** `If-None-Match: *` is the only form that PutObject knows. */
function refuseExisting(bucket: Bucket, input: { Key: string; IfNoneMatch?: string }): void {
  if (input.IfNoneMatch === undefined || !bucket.find(input.Key)) return;
  throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}

function copySource(bucketOf: BucketOf, source: string): ObjectVersion {
  const [, bucket, key, versionId] = /^\/?([^/]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(source) ?? [];
  if (!bucket || !key) throw new AwsError('InvalidArgument', `Copy Source must mention the source bucket and key: ${source}`);
  return existing(bucketOf(bucket), decodeURIComponent(key), versionId);
}

function deletion(marker: ObjectVersion | undefined, versionId: string | undefined): Record<string, unknown> {
  return marker ? { DeleteMarker: true, VersionId: marker.versionId } : { VersionId: versionId };
}

function versionIdOf(version: ObjectVersion): string | undefined {
  return version.versionId === 'null' ? undefined : version.versionId;
}

export function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
}
