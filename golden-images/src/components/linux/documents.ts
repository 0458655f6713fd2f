import { readFileSync, statSync } from 'node:fs';
import type { LinuxMachine } from './linux-machine';
import { Platform } from '../../../../src/image/platform';
import { DocumentMissing, type Documents } from '../run/nested';

/** Documents that ExecuteDocument names: files of the root, and objects of buckets that a folder stands for. */
export const documentsOn = ({ files, buckets }: LinuxMachine): Documents => ({
  platform: Platform.LINUX,
  read: (location) => {
    if (location.startsWith('arn:')) throw new DocumentMissing('components of Image Builder cannot be had without AWS');
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
    const path = location.replace(/^file:\/\//, '');
    const file = bucket === undefined ? undefined : buckets.object(bucket, key!);
    const found = file === undefined ? files.kind(path) === 'file' : statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    if (!found) throw new DocumentMissing('there is no such document');
    return file === undefined ? files.read(path).toString() : readFileSync(file, 'utf8');
  },
});
