import { readFileSync, statSync } from 'node:fs';
import type { Chroot } from './chroot';
import { Platform } from '../../../../src/image/platform';
import { DocumentMissing, type Documents } from '../run/nested';

/** Documents that ExecuteDocument names: files of the root, and objects of buckets that a folder stands for. */
export const documentsOn = ({ files, buckets }: Chroot): Documents => ({
  platform: Platform.LINUX,
  read: (location) => {
    if (location.startsWith('arn:')) throw new DocumentMissing('components of Image Builder cannot be had without AWS');
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
    const file = bucket === undefined ? files.at(location.replace(/^file:\/\//, '')) : buckets.object(bucket, key!);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new DocumentMissing('there is no such document');
    return readFileSync(file, 'utf8');
  },
});
