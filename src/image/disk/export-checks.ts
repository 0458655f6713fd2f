import { Stack, Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../../private/errors';

/** VM Import/Export user guide, "Considerations for image export": no bucket of another account, none with SSE-KMS. */
export function checkBucket(scope: IConstruct, bucket: IBucket): void {
  if (bucket.encryptionKey !== undefined) {
    throw new InvalidInputError(scope, {
      what: `the bucket ${bucket.node.path} of the disk export is encrypted with a KMS key`,
      expected: 'a bucket that is encrypted with S3-managed keys, because VM Import/Export writes to no bucket with SSE-KMS',
      fix: 'give it another bucket: new Bucket(…, { encryption: BucketEncryption.S3_MANAGED, enforceSSL: true })',
    });
  }
  const { account, region } = Stack.of(scope);
  differs(scope, 'account', bucket.env.account, account);
  differs(scope, 'region', bucket.env.region, region);
}

function differs(scope: IConstruct, what: string, ofBucket: string, ofImage: string): void {
  if (ofBucket === ofImage || Token.isUnresolved(ofBucket) || Token.isUnresolved(ofImage)) { return; }
  throw new InvalidInputError(scope, {
    what: `the bucket of the disk export is in ${what} ${ofBucket}`, expected: `${what} ${ofImage}, where the image is built`, fix: 'give it a bucket there, and replicate that',
  });
}

/** With a slash at its end, so that it is a folder. */
export function checkPrefix(scope: IConstruct, prefix: string): string {
  // Of the characters of S3 keys those that need no escaping in tools; the service adds about 35 to the 1,024 that a key may have.
  if (!Token.isUnresolved(prefix) && !/^[A-Za-z0-9!_.*'()-][A-Za-z0-9!_.*'()/-]{0,899}$/.test(prefix)) {
    throw new InvalidInputError(scope, {
      what: `the prefix '${prefix}' of the disk export is not valid`,
      expected: '1 to 900 letters, digits, slashes or !_.*\'()-, with no slash at the beginning',
      fix: 'change the prefix or leave it out',
    });
  }
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
}
