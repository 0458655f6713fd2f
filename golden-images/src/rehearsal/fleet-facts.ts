import type { FleetIntent, FleetStatusDocument } from '../../../src/contract';
import type { World } from '../world';
import { AutoScalingService } from '../world/auto-scaling/auto-scaling';
import { Ec2Service } from '../world/ec2/ec2';
import { SsmService } from '../world/ssm/ssm';

/** A fleet as seen from outside: what its channel holds, what it was committed on, what its instances run. */
export interface FleetFacts {
  readonly name: string;
  /** `image:channel` that it follows. */
  readonly follows: string;
  readonly canaryInstances: number;
  /** AMI of the channel. */
  readonly channelAmi?: string;
  /** Whether the AMI of the channel makes sick instances. */
  readonly channelSick: boolean;
  /** The image version it was last committed on; absent before the first commit. */
  readonly committed?: string;
  /** The AMI of the fleet's parameter. */
  readonly ami?: string;
  readonly amiSick: boolean;
  readonly rolling: boolean;
  /** How many instances of its groups run each AMI. */
  readonly running: Readonly<Record<string, number>>;
}

/** Looks at a fleet in a world. */
export function lookAt(fleet: FleetIntent, world: World): FleetFacts {
  const parameters = world.get(SsmService);
  const channelAmi = parameters.value(fleet.follows.parameterName);
  const ami = parameters.value(fleet.parameterName);
  const status = fleetStatus(fleet, world);
  const committed = status?.lastKnownGood?.version;
  return {
    name: fleet.name,
    follows: `${fleet.follows.image}:${fleet.follows.channel}`,
    canaryInstances: fleet.rollout.canaryInstances,
    ...(channelAmi !== undefined ? { channelAmi } : {}),
    channelSick: isSick(channelAmi, world),
    ...(committed !== undefined ? { committed } : {}),
    ...(ami !== undefined ? { ami } : {}),
    amiSick: isSick(ami, world),
    rolling: status?.rollout !== undefined,
    running: running(fleet, world),
  };
}

function fleetStatus(fleet: FleetIntent, world: World): FleetStatusDocument | undefined {
  const text = world.get(SsmService).value(fleet.statusName);
  return text === undefined ? undefined : JSON.parse(text) as FleetStatusDocument;
}

const isSick = (ami: string | undefined, world: World): boolean => ami !== undefined && world.get(Ec2Service).image(ami)?.traits.sick === true;

function running(fleet: FleetIntent, world: World): Record<string, number> {
  const members = new Set(fleet.targets.flatMap(({ groupName }) => [...world.get(AutoScalingService).find(groupName)?.members.keys() ?? []]));
  const count: Record<string, number> = {};
  for (const { id, state, image } of world.get(Ec2Service).instances()) {
    if (members.has(id) && ['pending', 'running'].includes(state)) count[image.id] = (count[image.id] ?? 0) + 1;
  }
  return count;
}
