import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { Refused, type TaskEnd } from '../machine';

/** Folders of this machine that stand for buckets. A bucket without one is refused by name. */
export class Buckets {
  constructor(private readonly folders: Readonly<Record<string, string>>) {}

  /** The file that stands for an object. */
  object(bucket: string, key: string): string {
    const folder = Object.hasOwn(this.folders, bucket) ? this.folders[bucket] : undefined;
    if (folder === undefined) throw new Refused(`bucket '${bucket}' has no folder that stands for it: --s3 ${bucket}=FOLDER`);
    const path = normalize(join('/', key));
    return join(folder, path);
  }

  list(bucket: string, prefix: string): TaskEnd {
    const folder = this.object(bucket, '');
    const keys = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ''));
    return { exitCode: 0, stdout: keys.filter((key) => key.startsWith(prefix)).sort().join('\n') };
  }

  download(bucket: string, key: string, place: (file: string) => void): TaskEnd {
    const file = this.object(bucket, key);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return { exitCode: 1, stdout: `s3://${bucket}/${key} does not exist (${file})` };
    place(file);
    return { exitCode: 0, stdout: '' };
  }

  upload(bucket: string, key: string, fetch: (file: string) => void): TaskEnd {
    const file = this.object(bucket, key);
    mkdirSync(dirname(file), { recursive: true });
    fetch(file);
    return { exitCode: 0, stdout: '' };
  }
}
