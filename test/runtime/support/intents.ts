import { channelParameterName, fleetParameterName, fleetStatusName, SCHEMA_VERSION, type ChannelIntent, type FleetIntent, type GateIntent, type ImageIntent, type RegistryDocument } from '../../../src/contract';

export const NAMESPACE = 'shop';
export const STACK_ID = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1';
export const REGION = 'eu-central-1';

const arn = (resource: string): string => `arn:aws:imagebuilder:eu-central-1:123456789012:${resource}`;
export const recipeArn = (name: string, version: number): string => arn(`image-recipe/${NAMESPACE}-${name}/1.0.${version}`);
export const pipelineArn = (name: string): string => arn(`image-pipeline/${NAMESPACE}-${name}`);
export const buildArn = (name: string, version: number, build: number): string => arn(`image/${NAMESPACE}-${name}/1.0.${version}/${build}`);
export const pointer = (name: string, channelName: string): string => channelParameterName(NAMESPACE, name, channelName);

export const channel = (of: string, name: string, gates: GateIntent[] = []): ChannelIntent =>
  ({ name, parameterName: pointer(of, name), gates });

export const HOUR = 3600;

/** Image tests, and an hour at the head of `latest`. */
export const PRODUCTION_GATES: GateIntent[] = [{ type: 'image-tests' }, { type: 'soak', channel: 'latest', seconds: HOUR }];

export interface ImageOptions {
  readonly parent?: [image: string, channel: string];
  readonly scheduled?: boolean;
  readonly hash?: string;
}

export function image(name: string, content: number, options: ImageOptions = {}): ImageIntent {
  const [parent, parentChannel] = options.parent ?? [];
  return {
    name,
    recipeArn: recipeArn(name, content),
    pipelineArn: pipelineArn(name),
    parent: parent && parentChannel
      ? { type: 'image', image: parent, channel: parentChannel, parameterName: pointer(parent, parentChannel) }
      : { type: 'external', reference: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' },
    contentHash: options.hash ?? `content-${content}`,
    channels: [channel(name, 'latest'), channel(name, 'production', PRODUCTION_GATES)],
    scheduled: options.scheduled ?? !parent,
    regions: [REGION],
  };
}

export function fleet(name: string, follows: [image: string, channel: string], alarmNames: string[] = []): FleetIntent {
  const [followed, followedChannel] = follows;
  return {
    name,
    follows: { image: followed, channel: followedChannel, parameterName: pointer(followed, followedChannel) },
    parameterName: fleetParameterName(NAMESPACE, name),
    statusName: fleetStatusName(NAMESPACE, name),
    targets: [{ type: 'auto-scaling-group', groupName: `${name}-group` }],
    rollout: {
      minHealthyPercentage: 100,
      maxHealthyPercentage: 110,
      canaryInstances: 1,
      canarySeconds: 300,
      bakeSeconds: 300,
      healthTimeoutSeconds: 300,
      timeoutSeconds: 7200,
      instanceWarmupSeconds: 60,
      alarmNames,
      protectedInstances: 'wait',
      standbyInstances: 'wait',
      autoRollback: true,
    },
  };
}

export const registry = (images: ImageIntent[], fleets: FleetIntent[] = []): RegistryDocument => ({
  schemaVersion: SCHEMA_VERSION, namespace: NAMESPACE, stackId: STACK_ID, images, fleets,
});
