import { createHash } from 'node:crypto';
import { AwsError } from '../kernel';

/** One version of an object, or the marker of its deletion. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` (the text) where versioning is off, as S3 has it. */
  readonly versionId: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly lastModified: number;
  readonly deleteMarker: boolean;
  /** Content type, user metadata, encryption: returned as they were sent. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What is recorded of a bucket and returned as it was put; of all this only versioning changes what the model does. */
export interface BucketSettings {
  versioning?: 'Enabled' | 'Suspended';
  encryption?: unknown;
  publicAccessBlock?: Record<string, boolean>;
  policy?: string;
  tags?: ReadonlyArray<{ Key: string; Value: string }>;
}

/** A bucket: its settings and the versions of its objects, newest last. */
export class Bucket {
  public settings: BucketSettings = {};
  private readonly keys = new Map<string, ObjectVersion[]>();
  private written = 0;

  public constructor(public readonly name: string, public readonly createdAt: number) {}

  public get empty(): boolean {
    return this.keys.size === 0;
  }

  public put(key: string, body: Buffer, now: number, headers: ObjectVersion['headers'] = {}, etag = md5(body)): ObjectVersion {
    return this.add({ key, body, etag, lastModified: now, headers, deleteMarker: false, versionId: this.nextVersionId() });
  }

  /** The newest version, or the one named. A deleted object is undefined. */
  public find(key: string, versionId?: string): ObjectVersion | undefined {
    const versions = this.keys.get(key) ?? [];
    const found = versionId === undefined ? versions.at(-1) : versions.find((version) => version.versionId === versionId);
    return found?.deleteMarker ? undefined : found;
  }

  /** Deletes for good without versioning or with a version named; else puts a delete marker, which is returned. */
  public remove(key: string, now: number, versionId?: string): ObjectVersion | undefined {
    if (versionId === undefined && this.settings.versioning !== undefined) {
      return this.add({ key, body: Buffer.alloc(0), etag: '', lastModified: now, headers: {}, deleteMarker: true, versionId: this.nextVersionId() });
    }
    const left = (this.keys.get(key) ?? []).filter((version) => version.versionId !== (versionId ?? 'null'));
    if (left.length > 0) this.keys.set(key, left);
    else this.keys.delete(key);
    return undefined;
  }

  /** The newest versions that are no delete markers, by key. */
  public objects(prefix = ''): ObjectVersion[] {
    return this.sortedKeys(prefix).flatMap((key) => this.find(key) ?? []);
  }

  /** All versions and delete markers, by key, newest first. */
  public versions(prefix = ''): Array<ObjectVersion & { latest: boolean }> {
    return this.sortedKeys(prefix).flatMap((key) => {
      const versions = this.keys.get(key)!;
      return [...versions].reverse().map((version, index) => ({ ...version, latest: index === 0 }));
    });
  }

  private add(version: ObjectVersion): ObjectVersion {
    const older = (this.keys.get(version.key) ?? []).filter((other) => other.versionId !== version.versionId);
    this.keys.set(version.key, [...older, version]);
    return version;
  }

  private nextVersionId(): string {
    if (this.settings.versioning !== 'Enabled') return 'null';
    this.written += 1;
    return createHash('md5').update(`${this.name} ${this.written}`).digest('hex');
  }

  private sortedKeys(prefix: string): string[] {
    return [...this.keys.keys()].filter((key) => key.startsWith(prefix)).sort();
  }
}

/** An entity tag as S3 gives it to objects that were put in one part. */
export function md5(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function assertBucketName(name: string): void {
  const valid = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!valid) throw new AwsError('InvalidBucketName', `The specified bucket is not valid: ${name}`);
}
