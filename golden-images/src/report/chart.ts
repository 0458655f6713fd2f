import type { BuildSpan, HealthSample, History } from './history';
import type { LedgerContents } from './ledger';

export interface ChannelMove {
  readonly channel: string;
  readonly at: string;
  /** Image version; the AMI where it is no version of this image (its parent's, before the first release). */
  readonly target: string;
}

export interface ImageLane {
  readonly name: string;
  readonly builds: Array<Omit<BuildSpan, 'recipe'>>;
  readonly moves: ChannelMove[];
}

export interface FleetLane {
  readonly name: string;
  readonly rollouts: Array<{ version: string; kind: string; outcome: string; startedAt: string; endedAt: string }>;
}

/** A rehearsal over time: images above, fleets below. */
export interface Chart {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly images: ImageLane[];
  readonly fleets: FleetLane[];
  readonly healthy: HealthSample[];
}

export function chartOf(history: History, ledgers: LedgerContents): Chart {
  return {
    startedAt: history.startedAt,
    endedAt: history.now,
    images: ledgers.registries.flatMap(({ images }) => images.map((image) => imageLane(image, history, ledgers))),
    fleets: ledgers.fleets.map(({ fleet: name, history: rollouts }) => ({
      name,
      rollouts: rollouts.map(({ version, kind, outcome, startedAt, endedAt }) => ({ version, kind, outcome, startedAt, endedAt })),
    })),
    healthy: history.healthy,
  };
}

function imageLane(image: LedgerContents['registries'][number]['images'][number], history: History, ledgers: LedgerContents): ImageLane {
  const recipe = image.recipeArn.split('image-recipe/')[1]?.split('/')[0];
  const versions = ledgers.images.filter((record) => record.image === image.name).flatMap((record) => record.versions);
  const versionOf = (ami: string): string => versions.find(({ amis }) => Object.values(amis).includes(ami))?.version ?? ami;
  const channelOf = (parameter: string): string | undefined => image.channels.find((channel) => channel.parameterName === parameter)?.name;
  return {
    name: image.name,
    builds: history.builds.filter((build) => build.recipe === recipe)
      .map(({ version, startedAt, endedAt, status }) => ({ version, startedAt, ...(endedAt !== undefined ? { endedAt } : {}), status })),
    moves: history.moves.flatMap(({ parameter, value, at }) => {
      const channel = channelOf(parameter);
      return channel === undefined ? [] : [{ channel, at, target: versionOf(value) }];
    }),
  };
}
