import type { RolloutOutcome, RolloutRecord } from '../../../src/runtime/domain/fleet/state';
import type { ImageRecord, VersionRecord } from '../../../src/runtime/domain/image/record';
import type { World } from '../world';
import { readLedgers } from './ledger';
import { leftovers, type Leftover } from './leftovers';
import { naming } from './names';

/** What a rehearsal came to. */
export interface Summary {
  readonly images: Array<{ name: string; versions: Array<{ version: string; state: string }> }>;
  readonly fleets: Array<{ name: string; rollouts: RolloutLine[] }>;
  /** The fewest healthy targets while the service was promised; absent when it never was. */
  readonly minHealthyObserved?: number;
  readonly leftovers: Leftover[];
}

export interface RolloutLine {
  /** Image version that was rolled to. */
  readonly version: string;
  readonly kind: RolloutRecord['kind'];
  readonly outcome: RolloutOutcome;
  readonly instancesTouched: number;
  /** Minutes from the start to the halt, where it was halted. */
  readonly minutesToHalt?: number;
}

export async function summarise(world: World, options: { minHealthyObserved?: number }): Promise<Summary> {
  const { images, fleets } = await readLedgers(world);
  const nameImage = naming(images.map(({ namespace, image: name }) => ({ namespace, name })));
  const nameFleet = naming(fleets.map(({ namespace, fleet: name }) => ({ namespace, name })));
  return {
    images: images.map((image) => ({
      name: nameImage({ namespace: image.namespace, name: image.image }),
      versions: image.versions.map((version) => ({ version: version.version, state: stateOf(image, version) })),
    })),
    fleets: fleets.map(({ namespace, fleet: name, history }) => ({ name: nameFleet({ namespace, name }), rollouts: history.map(rolloutLine) })),
    ...(options.minHealthyObserved !== undefined ? { minHealthyObserved: options.minHealthyObserved } : {}),
    leftovers: await leftovers(world),
  };
}

/** `blocked`, `build-failed`, …; the channels whose head it is; or `superseded`. */
function stateOf(image: ImageRecord, version: VersionRecord): string {
  if (version.withdrawal) return version.withdrawal.type;
  const heads = Object.entries(image.channels).filter(([, channel]) => channel.document.version === version.version).map(([name]) => name);
  return heads.length ? `released (${heads.join(', ')})` : 'superseded';
}

function rolloutLine(rollout: RolloutRecord): RolloutLine {
  const halt = rollout.haltedAt === undefined ? undefined : (Date.parse(rollout.haltedAt) - Date.parse(rollout.startedAt)) / 60_000;
  const { version, kind, outcome, instancesTouched } = rollout;
  return { version, kind, outcome, instancesTouched, ...(halt !== undefined ? { minutesToHalt: halt } : {}) };
}
