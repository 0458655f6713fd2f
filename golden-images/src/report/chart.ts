import type { BuildSpan, HealthSample, History } from './history';
import type { InNamespace, LedgerContents } from './ledger';
import { naming } from './names';
import type { ImageIntent } from '../../../src/contract';

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
  const images = ledgers.registries.flatMap((registry) => registry.images.map((image) => ({ ...image, namespace: registry.namespace })));
  const nameImage = naming(images);
  const nameFleet = naming(ledgers.fleets.map(({ namespace, fleet: name }) => ({ namespace, name })));
  return {
    startedAt: history.startedAt,
    endedAt: history.now,
    images: images.map((image) => imageLane(image, nameImage(image), history, ledgers)),
    fleets: ledgers.fleets.map(({ namespace, fleet: name, history: rollouts }) => ({
      name: nameFleet({ namespace, name }),
      rollouts: rollouts.map(({ version, kind, outcome, startedAt, endedAt }) => ({ version, kind, outcome, startedAt, endedAt })),
    })),
    healthy: history.healthy,
  };
}

function imageLane(image: InNamespace<ImageIntent>, name: string, history: History, ledgers: LedgerContents): ImageLane {
  const recipe = image.recipeArn.split('image-recipe/')[1]?.split('/')[0];
  const records = ledgers.images.filter((record) => record.namespace === image.namespace && record.image === image.name);
  const versions = records.flatMap((record) => record.versions);
  const versionOf = (ami: string): string => versions.find(({ amis }) => Object.values(amis).includes(ami))?.version ?? ami;
  const channelOf = (parameter: string): string | undefined => image.channels.find((channel) => channel.parameterName === parameter)?.name;
  return {
    name,
    builds: history.builds.filter((build) => build.recipe === recipe)
      .map(({ version, startedAt, endedAt, status }) => ({ version, startedAt, ...(endedAt !== undefined ? { endedAt } : {}), status })),
    moves: history.moves.flatMap(({ parameter, value, at }) => {
      const channel = channelOf(parameter);
      return channel === undefined ? [] : [{ channel, at, target: versionOf(value) }];
    }),
  };
}
