// Observations that the tests of image decisions start from.
import { SCHEMA_VERSION, type FleetStanding, type ImageIntent } from '../../../../src/contract';
import {
  applyChange, decideImage, emptyImageRecord, type BuildDetails, type Follower, type ImageDecision, type ImageObservation, type ImageRecord,
  type SeenBuild,
} from '../../../../src/runtime/domain/image';
import { buildArn, fleet, image, recipeArn, REGION } from '../../support/intents';

export const START = Date.UTC(2026, 0, 5);
export const MINUTE = 60_000;
export const web = image('web', 1, { parent: ['base', 'latest'] });
export const base = image('base', 1);

export const at = (minutes: number): number => START + minutes * MINUTE;
export const build = (version: number, number: number, minutes: number, more: Partial<SeenBuild> = {}): SeenBuild => ({
  arn: buildArn('base', version, number), version: `1.0.${version}/${number}`, status: 'available', createdAt: at(minutes), scheduled: false, ...more,
});
export const details = (version: number, ami: string, more: Partial<BuildDetails> = {}): BuildDetails => ({
  recipeArn: recipeArn('base', version), tested: true, amis: { [REGION]: ami }, ami: { id: ami, sourceAmi: 'ami-parent' }, ...more,
});
export const standing = (more: Partial<FleetStanding>): FleetStanding => ({ blocked: [], ...more });
export const follower = (name: string, more: Partial<FleetStanding> = {}): Follower => ({
  fleet: fleet(name, ['base', 'production']), standing: standing(more),
});

export const look = (more: Partial<ImageObservation> = {}): ImageObservation => ({
  now: at(600), region: REGION, intent: base, stack: 'settled', cyclic: false, builds: [], details: {}, channels: {}, followers: {}, ...more,
});

/** Takes steps until one is not a change of the record, as the controller does. What is published is then there. */
export function settle(
  record: ImageRecord, observation: ImageObservation,
): { record: ImageRecord; decision: ImageDecision; observation: ImageObservation } {
  let [current, seen] = [record, observation];
  for (let step = 0; step < 50; step += 1) {
    const decision = decideImage(current, seen);
    if (decision.type === 'change') {
      current = applyChange(current, decision.change);
    } else if (decision.type === 'publish') {
      seen = { ...seen, channels: { ...seen.channels, [decision.channel]: { ami: decision.ami, document: JSON.stringify(decision.document) } } };
    } else {
      return { record: current, decision, observation: seen };
    }
  }
  throw new Error('no end');
}

export const fresh = emptyImageRecord('base', SCHEMA_VERSION);
export const acceptedAtStart = (intent: ImageIntent): ImageRecord => applyChange(emptyImageRecord(intent.name, SCHEMA_VERSION), {
  type: 'accept-intent', recipeArn: intent.recipeArn, contentHash: intent.contentHash, text: JSON.stringify(intent), at: new Date(at(0)).toISOString(),
});
export const accepted = acceptedAtStart(base);
/** The image with builds that have been recorded and released. */
export function after(builds: Array<[SeenBuild, BuildDetails]>, more: Partial<ImageObservation> = {}): ReturnType<typeof settle> {
  const known = Object.fromEntries(builds.map(([{ arn }, each]) => [arn, each]));
  return settle(accepted, look({ builds: builds.map(([each]) => each), details: known, ...more }));
}
export const head = (record: ImageRecord, name: string): string | undefined => record.channels[name]?.document.version;
