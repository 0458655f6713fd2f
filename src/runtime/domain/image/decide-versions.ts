import { change, wait, type ImageDecision } from './decision';
import { foreignIn } from './judge-build';
import type { BuildDetails, ImageObservation, SeenBuild } from './observation';
import type { ImageRecord, VersionRecord, Withdrawal } from './record';
import { iso, isGood } from './versions';

/** An AMI that cannot be read so long after its build began will not appear any more. */
const AMI_PATIENCE = 6 * 3600_000;
/** A build that the service does not list so long after it was started does not exist. */
const BUILD_PATIENCE = 3600_000;
/** Our clock and the service's may differ by so much. */
const SKEW = 60_000;

/** Keeps the record of versions true: adopts our build, records what finished, withdraws what stands on something withdrawn. */
export function decideVersions(record: ImageRecord, look: ImageObservation): ImageDecision | undefined {
  return adopt(record, look) ?? recordFinished(record, look) ?? giveUp(record, look) ?? withdrawDescendant(record, look);
}

/** By its version too: a build that was stopped while it registered has failed, and what it registered is a version all the same. */
const isKnown = (record: ImageRecord, build: SeenBuild): boolean =>
  record.versions.some(({ arn, version }) => arn === build.arn && version === build.version)
  || (record.forgottenUntil !== undefined && build.createdAt <= Date.parse(record.forgottenUntil));

/** Builds that came to their end and are not recorded, oldest first. */
export const unrecorded = (record: ImageRecord, builds: readonly SeenBuild[]): SeenBuild[] => builds
  .filter((build) => build.status !== 'in-flight' && !isKnown(record, build))
  .sort((a, b) => a.createdAt - b.createdAt);

/** After a crash between start and record: the build is there, and is the one that was planned. */
function adopt(record: ImageRecord, { builds }: ImageObservation): ImageDecision | undefined {
  const { building } = record;
  if (!building || building.arn) return undefined;
  const started = builds.find((build) =>
    !build.scheduled && !isKnown(record, build) && build.createdAt >= Date.parse(building.plannedAt) - SKEW);
  return started && change({ type: 'adopt-build', arn: started.arn });
}

function recordFinished(record: ImageRecord, look: ImageObservation): ImageDecision | undefined {
  const build = unrecorded(record, look.builds)[0];
  if (!build) return undefined;
  const details = look.details[build.arn];
  if (build.status === 'failed') return finished(record, look, build, { type: 'build-failed', reason: build.reason ?? 'the build failed' });
  if (!details?.ami && look.now - build.createdAt < AMI_PATIENCE) return wait(60, `the AMI of ${build.version} cannot be read yet`);
  if (!details?.ami) return finished(record, look, build, { type: 'build-failed', reason: 'its AMI does not exist' });
  return finished(record, look, build, judged(record, build, details), details);
}

function judged(record: ImageRecord, build: SeenBuild, details: BuildDetails): Withdrawal | undefined {
  if (build.foreignRecipe !== undefined) return { type: 'foreign-build', reason: `the recipe ${build.foreignRecipe} was built, which is not of this image` };
  if (contentOf(record, build, details) === undefined) return { type: 'intent-withdrawn' };
  const reason = foreignIn(record, build, details);
  return reason === undefined ? undefined : { type: 'foreign-build', reason };
}

function finished(
  record: ImageRecord, look: ImageObservation, build: SeenBuild, withdrawal: Withdrawal | undefined, details?: BuildDetails,
): ImageDecision {
  const contentHash = contentOf(record, build, details);
  const startedFor = record.building?.arn === build.arn ? record.building.cause.parentVersion : undefined;
  const version: VersionRecord = {
    version: build.version,
    arn: build.arn,
    builtAt: iso(build.createdAt),
    contentHash: contentHash ?? '',
    amis: details?.amis ?? {},
    ...(details?.ami?.sourceAmi ? { sourceAmi: details.ami.sourceAmi } : {}),
    ...(startedFor ? { startedFor } : {}),
    tested: details?.tested ?? false,
    heads: {},
    ...(withdrawal ? { withdrawal } : {}),
  };
  return change({ type: 'record-version', version, endedAt: iso(look.now) });
}

/**
 * The definition that a build was made from, by its recipe and date. A recipe that no settled deploy held gives none: its deploy was
 * rolled back while the pipeline pointed to it. The date tells apart what changed without a new recipe (instance types, say), and a
 * withdrawn recipe from a later one that got the same version (assumption: date-created, assumption: recipe-ref). A build from the last
 * minutes of a good deploy is lost by this; the definition is then built once more.
 */
function contentOf(record: ImageRecord, build: SeenBuild, details?: BuildDetails): string | undefined {
  const ours = record.building?.arn === build.arn ? record.building.cause.contentHash : undefined;
  if (!details) return ours;
  if (details.contentHash !== undefined) return details.contentHash;
  const definitions = record.definitions.filter(({ recipeArn }) => recipeArn === details.recipeArn);
  if (definitions.some(({ contentHash }) => contentHash === ours)) return ours;
  const before = definitions.filter(({ acceptedAt }) => Date.parse(acceptedAt) <= build.createdAt);
  return before[before.length - 1]?.contentHash;
}

function giveUp(record: ImageRecord, { builds, now, pipelineMissing }: ImageObservation): ImageDecision | undefined {
  const { building } = record;
  if (pipelineMissing || !building?.arn || builds.some(({ arn }) => arn === building.arn)) return undefined;
  if (now - Date.parse(building.plannedAt) < BUILD_PATIENCE) return undefined;
  return change({ type: 'give-up-build', endedAt: iso(now), reason: `${building.arn} does not exist` });
}

function withdrawDescendant(record: ImageRecord, { parent, region }: ImageObservation): ImageDecision | undefined {
  const bad = new Set(parent?.versions.filter(({ withdrawn }) => withdrawn).map(({ amis }) => amis[region]));
  const version = record.versions.find((each) => isGood(each) && each.sourceAmi !== undefined && bad.has(each.sourceAmi));
  return version && change({ type: 'withdraw-version', version: version.version, withdrawal: { type: 'parent-withdrawn', parentAmi: version.sourceAmi! } });
}
