import { createHash } from 'node:crypto';
import type { ReleaseDocument } from '../../../src/contract';

/** A build as the post-processor `manifest` of Packer writes it. */
interface ManifestBuild {
  readonly name: string;
  readonly builder_type: string;
  /** Seconds since 1970. */
  readonly build_time: number;
  readonly files: null;
  /** `region:ami[,region:ami]` */
  readonly artifact_id: string;
  readonly packer_run_uuid: string;
  readonly custom_data: Readonly<Record<string, string>> | null;
}

export interface Manifest {
  readonly builds: ReadonlyArray<ManifestBuild>;
  readonly last_run_uuid: string;
}

/** What a template's `manifest` would have written of a release. As Packer does, it is added to what the file has; the same version only once. */
export function withRelease(before: Manifest | undefined, release: ReleaseDocument, customData: Readonly<Record<string, string>>): Manifest {
  const run = runId(release);
  const build: ManifestBuild = {
    name: release.image,
    builder_type: 'amazon-ebs',
    build_time: Math.floor(Date.parse(release.builtAt) / 1000),
    files: null,
    artifact_id: Object.entries(release.amis).map(([region, ami]) => `${region}:${ami}`).sort().join(','),
    packer_run_uuid: run,
    custom_data: Object.keys(customData).length > 0 ? customData : null,
  };
  const others = (before?.builds ?? []).filter((each) => each.packer_run_uuid !== run);
  return { builds: [...others, build], last_run_uuid: run };
}

/** One id a version, in the form of a UUID (version 8, RFC 9562). */
function runId({ image, version, builtAt }: ReleaseDocument): string {
  const digits = createHash('sha256').update(JSON.stringify([image, version, builtAt])).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** A manifest that was written before; undefined for what is none. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    return Array.isArray(value?.builds) && typeof value.last_run_uuid === 'string' ? value as Manifest : undefined;
  } catch {
    return undefined;
  }
}
