import { page, refuseUnknown, type Operation } from '../kernel';
import type { Bucket, ObjectVersion } from './bucket';

export function listingOperations(bucketOf: (name: string) => Bucket): Record<string, Operation> {
  return {
    ListObjectsV2: (input) => {
      refuseUnknown('s3:ListObjectsV2', input, [
        'Bucket', 'Prefix', 'Delimiter', 'MaxKeys', 'ContinuationToken', 'EncodingType', 'FetchOwner', 'StartAfter', 'ExpectedBucketOwner',
      ]);
      const { Prefix = '', Delimiter, MaxKeys = 1000, StartAfter = '' } = input;
      const objects = bucketOf(input.Bucket).objects(Prefix).filter((object) => object.key > StartAfter);
      const { contents, prefixes } = grouped(objects, Prefix, Delimiter);
      const { items, NextToken } = page(contents, MaxKeys, input.ContinuationToken);
      return {
        Name: input.Bucket,
        Prefix,
        Delimiter,
        MaxKeys,
        KeyCount: items.length + prefixes.length,
        IsTruncated: NextToken !== undefined,
        ContinuationToken: input.ContinuationToken,
        NextContinuationToken: NextToken,
        Contents: items.map(listed),
        CommonPrefixes: prefixes.map((each) => ({ Prefix: each })),
      };
    },
    ListObjectVersions: (input) => {
      refuseUnknown('s3:ListObjectVersions', input, ['Bucket', 'Prefix', 'MaxKeys', 'KeyMarker', 'VersionIdMarker', 'EncodingType', 'ExpectedBucketOwner']);
      const { items, NextToken } = page(bucketOf(input.Bucket).versions(input.Prefix), input.MaxKeys ?? 1000, input.VersionIdMarker);
      const rows = items.map((version) => ({ ...listed(version), VersionId: version.versionId, IsLatest: version.latest }));
      return {
        Name: input.Bucket,
        Prefix: input.Prefix ?? '',
        MaxKeys: input.MaxKeys ?? 1000,
        IsTruncated: NextToken !== undefined,
        NextKeyMarker: NextToken && items.at(-1)?.key,
        NextVersionIdMarker: NextToken,
        Versions: rows.filter((_, index) => !items[index]!.deleteMarker),
        DeleteMarkers: rows.filter((_, index) => items[index]!.deleteMarker),
      };
    },
  };
}

function listed(object: ObjectVersion): { Key: string; ETag: string; Size: number; LastModified: Date; StorageClass: string } {
  return { Key: object.key, ETag: object.etag, Size: object.body.length, LastModified: new Date(object.lastModified), StorageClass: 'STANDARD' };
}

/** Keys that go on after a delimiter are listed once, by their common prefix. */
function grouped(objects: ObjectVersion[], prefix: string, delimiter: string | undefined): { contents: ObjectVersion[]; prefixes: string[] } {
  if (!delimiter) return { contents: objects, prefixes: [] };
  const prefixes = new Set<string>();
  const contents = objects.filter(({ key }) => {
    const end = key.indexOf(delimiter, prefix.length);
    if (end >= 0) prefixes.add(key.slice(0, end + delimiter.length));
    return end < 0;
  });
  return { contents, prefixes: [...prefixes] };
}
