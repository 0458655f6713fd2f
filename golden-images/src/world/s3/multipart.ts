import { createHash } from 'node:crypto';
import { AwsError, refuseUnknown, type Operation, type World } from '../kernel';
import { md5, type Bucket } from './bucket';
import { described, pick, RETURNED, toBuffer, TRANSPORT } from './object-operations';

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly headers: Record<string, unknown>;
  readonly parts: Map<number, Buffer>;
}

/** Uploads in parts. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html */
export function multipartOperations(world: World, bucketOf: (name: string) => Bucket): Record<string, Operation> {
  const uploads = new Map<string, Upload>();
  let started = 0;
  const find = (id: string): Upload => {
    const upload = uploads.get(id);
    if (!upload) throw new AwsError('NoSuchUpload', 'The specified upload does not exist.', 404);
    return upload;
  };
  return {
    CreateMultipartUpload: (input) => {
      refuseUnknown('s3:CreateMultipartUpload', input, ['Bucket', 'Key', 'ChecksumType', ...RETURNED, ...TRANSPORT]);
      const { Bucket: bucket, Key: key } = input;
      bucketOf(bucket);
      const UploadId = `upload-${++started}`;
      uploads.set(UploadId, { bucket, key, headers: pick(input, RETURNED), parts: new Map() });
      return { Bucket: bucket, Key: key, UploadId };
    },
    UploadPart: (input) => {
      refuseUnknown('s3:UploadPart', input, ['Bucket', 'Key', 'UploadId', 'PartNumber', 'Body', ...TRANSPORT]);
      const body = toBuffer(input.Body);
      find(input.UploadId).parts.set(input.PartNumber, body);
      return { ETag: md5(body) };
    },
    CompleteMultipartUpload: (input) => {
      refuseUnknown('s3:CompleteMultipartUpload', input, ['Bucket', 'Key', 'UploadId', 'MultipartUpload', 'ChecksumType', 'MpuObjectSize', ...TRANSPORT]);
      const upload = find(input.UploadId);
      const body = assemble(upload, input.MultipartUpload?.Parts ?? []);
      const version = bucketOf(upload.bucket).put(upload.key, body.content, world.now, upload.headers, body.etag);
      uploads.delete(input.UploadId);
      return { Bucket: upload.bucket, Key: upload.key, ...described(version) };
    },
    AbortMultipartUpload: (input) => {
      find(input.UploadId);
      uploads.delete(input.UploadId);
    },
  };
}

function assemble(upload: Upload, listed: ReadonlyArray<{ PartNumber: number; ETag: string }>): { content: Buffer; etag: string } {
  const parts = listed.map(({ PartNumber, ETag }) => {
    const part = upload.parts.get(PartNumber);
    if (!part || md5(part) !== quoted(ETag)) throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.');
    return part;
  });
  const digests = Buffer.concat(parts.map((part) => createHash('md5').update(part).digest()));
  return { content: Buffer.concat(parts), etag: `"${createHash('md5').update(digests).digest('hex')}-${parts.length}"` };
}

function quoted(etag: string): string {
  return etag.startsWith('"') ? etag : `"${etag}"`;
}
