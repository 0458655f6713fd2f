import { unrecorded } from './decide-versions';
import { change, nothing, wait, type BuildReason, type ImageDecision } from './decision';
import type { ImageObservation } from './observation';
import type { BuildCause, ImageRecord, VersionRecord } from './record';
import { iso, newestFirst, sameCause } from './versions';

/** Seconds before the second and the third build of one cause; after the third only a new cause starts a build. */
const BACKOFF_SECONDS = [600, 3600];
const LOOK_SECONDS = 300;
const LONGEST_WAIT_SECONDS = 900;
/** How soon to look for a release of the parent that is in the ledger, and not yet where a build reads it. */
const PUBLISHED_SECONDS = 60;

/** Whether a build must start: the definition or the parent's release says so, none is running, and its cause has tries left. */
export function decideBuild(record: ImageRecord, look: ImageObservation): ImageDecision {
  if (look.cyclic) return nothing('the image stands on itself');
  if (look.pipelineMissing) return nothing('the pipeline does not exist');
  if (look.intent.registered && look.intent.registered.projectName === undefined) return nothing('its versions are registered');
  if (record.building && !record.building.arn) return { type: 'start-build', build: record.building };
  if (record.building || look.builds.some(({ status }) => status === 'in-flight')) return wait(LOOK_SECONDS, 'a build is running');
  // What it was made from is not known yet: it may be just what is needed.
  if (unrecorded(record, look.builds).length > 0) return wait(LOOK_SECONDS, 'a build is not recorded yet');
  const release = look.parent?.release;
  if (look.parent?.unreadable !== undefined) return wait(LOOK_SECONDS, 'the release of the parent cannot be read');
  if (look.parent && !release) return nothing('the parent has no release yet');
  if (release?.revoked.includes(release.version)) return nothing('the release of the parent was withdrawn');
  const reason = needOf(record, look);
  if (!reason) return nothing('up to date');
  // A build reads the parameter: while that holds something else, it would be made of that.
  if (release && look.parent?.pointer !== release.amis[look.region]) return wait(PUBLISHED_SECONDS, 'the release of the parent is not published yet');
  return attempt(record, look.now, { contentHash: look.intent.contentHash, ...(release ? { parentVersion: release.version } : {}) }, reason);
}

function attempt(record: ImageRecord, now: number, cause: BuildCause, reason: BuildReason): ImageDecision {
  const before = record.attempts && sameCause(record.attempts.cause, cause) ? record.attempts : undefined;
  if (!before) return change({ type: 'plan-build', cause, at: iso(now), reason });
  const backoff = BACKOFF_SECONDS[before.count - 1];
  if (backoff === undefined) return nothing(`${before.count} builds for the same cause were of no use`);
  const left = backoff - (now - Date.parse(before.lastEndedAt ?? iso(now))) / 1000;
  if (left > 0) return wait(Math.min(left, LONGEST_WAIT_SECONDS), 'backing off after a build that was of no use');
  return change({ type: 'plan-build', cause, at: iso(now), reason: 'retry' });
}

/** The schedule is no need: the pipeline itself builds by it. */
function needOf(record: ImageRecord, look: ImageObservation): BuildReason | undefined {
  const last = lastBuilt(record);
  if (!last) return 'first';
  if (last.contentHash !== look.intent.contentHash) return 'definition';
  return standsOnOlderParent(last, look) ? 'parent' : undefined;
}

/** A version that was blocked later was built all the same: building it again would give the same. */
function lastBuilt(record: ImageRecord): VersionRecord | undefined {
  return newestFirst(record.versions.filter(({ withdrawal }) => !withdrawal || withdrawal.type === 'blocked'))[0];
}

/** A channel of the parent that was moved back starts nothing: what stands on a newer version that is still good stays. */
function standsOnOlderParent(last: VersionRecord, { parent, region }: ImageObservation): boolean {
  if (!parent?.release || last.sourceAmi === parent.release.amis[region]) return false;
  if (last.sourceAmi === undefined && last.startedFor === parent.release.version) return false;
  const truth = parent.versions.find(({ amis }) => amis[region] !== undefined && amis[region] === last.sourceAmi);
  return !truth || Date.parse(truth.builtAt) < Date.parse(parent.release.builtAt);
}
