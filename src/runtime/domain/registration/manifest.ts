/** What a Packer manifest says of the AMIs of its last run. */
export interface ManifestAmis {
  readonly amis: Readonly<Record<string, string>>;
  readonly customData?: Readonly<Record<string, string>>;
}

/** What is wrong with a request; the text is for who made it. */
export class RefusedRequest extends Error {}

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
  if (last.length === 0) throw new RefusedRequest(`the manifest has no build of its last run ${lastRun}`);
  const amis: Record<string, string> = {};
  for (const [region, ami] of last.flatMap(artifacts)) {
    if (amis[region] !== undefined && amis[region] !== ami) {
      throw new RefusedRequest(`the last run made two AMIs in ${region} (${amis[region]}, ${ami}); build one source at a time with -only`);
    }
    amis[region] = ami;
  }
  const customData = Object.assign({}, ...last.map(textsOf)) as Record<string, string>;
  return { amis, ...(Object.keys(customData).length > 0 ? { customData } : {}) };
}

function artifacts({ name, artifact_id: id }: ManifestBuild): Array<[string, string]> {
  return String(id).split(',').map((part) => {
    const [, region, ami] = /^([a-z]{2}(?:-[a-z]+)+-\d+):(ami-[0-9a-f]+)$/.exec(part) ?? [];
    if (!region || !ami) throw new RefusedRequest(`the artifact '${String(id)}' of the build '${String(name)}' is no AMI`);
    return [region, ami];
  });
}

const textsOf = ({ custom_data: data }: ManifestBuild): Record<string, string> =>
  isRecord(data) ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)])) : {};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
