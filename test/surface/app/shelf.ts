import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { Source } from 'cdk-golden-images';

/** Files of the app. */
export const FILES = process.env.SURFACE_FILES ?? join(__dirname, 'files');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Where installers lie: one bucket of the user's. */
export interface Shelf {
  readonly object: (key: string) => Source;
}

export const shelfOf = (bucket: IBucket): Shelf => ({ object: (key) => Source.bucket(bucket, key, sha256(key)) });

/** An AMI that was there before the app. */
export const existingAmi = (scope: IConstruct, name: 'parentAmi' | 'windowsAmi'): string =>
  (scope.node.tryGetContext(name) as string | undefined) ?? 'ami-0123456789abcdef0';

/** Where the releases of images of another app stand. */
export const foreignLedger = (scope: IConstruct): string =>
  Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: FOREIGN_LEDGER });

export const FOREIGN_LEDGER = 'elsewhere-ledger';
