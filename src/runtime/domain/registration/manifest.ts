import { REGION } from './ami';
import { isUnicode, RefusedRequest, shown } from './refused';
import { REQUEST_LIMITS } from '../../../contract';
import { bytesOf } from '../item-size';

/** What a Packer manifest says of the AMIs of its last run. */
export interface ManifestAmis {
  readonly amis: Readonly<Record<string, string>>;
  readonly customData?: Readonly<Record<string, string>>;
}

interface ManifestBuild {
  readonly name?: unknown;
  readonly packer_run_uuid?: unknown;
  readonly artifact_id?: unknown;
  readonly custom_data?: unknown;
}

/**
 * The AMIs of the last run. Packer appends to the file: what earlier runs left in it does not count. An artifact is
 * `region:ami[,region:ami]` (post-processor manifest, Packer documentation).
 */
export function amisOfManifest(manifest: unknown): ManifestAmis {
  const { builds, last_run_uuid: lastRun } = isRecord(manifest) ? manifest : {};
  if (!Array.isArray(builds) || typeof lastRun !== 'string') {
    throw new RefusedRequest('the manifest is none of Packer: it has no "builds" and "last_run_uuid"');
  }
  const last = builds.filter((build): build is ManifestBuild => isRecord(build) && build.packer_run_uuid === lastRun);
  if (last.length === 0) throw new RefusedRequest(`the manifest has no build of its last run ${shown(lastRun)}`);
  const amis: Record<string, string> = {};
  for (const [region, ami] of last.flatMap(artifacts)) {
    if (amis[region] !== undefined && amis[region] !== ami) {
      throw new RefusedRequest(`the last run made two AMIs in ${region} (${amis[region]}, ${ami}); build one source at a time with -only`);
    }
    amis[region] = ami;
  }
  const customData = Object.fromEntries(last.flatMap(textsOf));
  const bytes = bytesOf(customData);
  if (bytes > REQUEST_LIMITS.customData) throw new RefusedRequest(`the custom_data has ${bytes} bytes; the limit is ${REQUEST_LIMITS.customData}`);
  return { amis, ...(Object.keys(customData).length > 0 ? { customData } : {}) };
}

function artifacts({ name, artifact_id: id }: ManifestBuild): Array<[string, string]> {
  return String(id).split(',').map((part) => {
    const [, region, ami] = /^([^:]+):(ami-[0-9a-f]+)$/.exec(part) ?? [];
    if (!region || !ami || !REGION.test(region)) throw new RefusedRequest(`the artifact '${shown(id)}' of the build '${shown(name)}' is no AMI`);
    return [region, ami];
  });
}

function textsOf({ name, custom_data: data = null }: ManifestBuild): Array<[string, string]> {
  if (data === null) return [];
  if (!isRecord(data)) throw new RefusedRequest(`the custom_data of the build '${shown(name)}' is no map`);
  return Object.entries(data).map(([key, value]) => {
    if (!['string', 'number', 'boolean'].includes(typeof value)) throw new RefusedRequest(`custom_data '${shown(key)}' of the build '${shown(name)}' is no text`);
    const text = String(value);
    if (!isUnicode(key) || !isUnicode(text)) throw new RefusedRequest(`custom_data '${shown(key)}' of the build '${shown(name)}' is no Unicode`);
    return [key, text];
  });
}

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
