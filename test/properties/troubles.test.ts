import { PutLifecycleHookCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import * as fc from 'fast-check';
import { Road } from '../runtime/fleet/road';

const runs = process.env.SOAK ? { numRuns: 50 } : { numRuns: 3, seed: 42 };
const SIZE = 4;
/** Of four instances, with a minimum of 75 percent. */
const LEAST = 3;

/** What comes over a rollout, at any of its moments. */
interface History {
  readonly sick: boolean;
  readonly moment: number;
  readonly minutes: number;
}

const history: fc.Arbitrary<History> = fc.record({
  sick: fc.boolean(), moment: fc.integer({ min: 0, max: 15 }), minutes: fc.integer({ min: 1, max: 10 }),
});

interface Trouble {
  readonly name: string;
  /** Before the release. */
  readonly prepare?: (road: Road) => Promise<void>;
  readonly begin?: (road: Road) => void;
  readonly end?: (road: Road) => void;
}

const troubles: Trouble[] = [{
  name: 'a zone in which EC2 tells of no instance',
  begin: ({ fleet }) => { fleet.world.faults.zonesDown.add(fleet.group.live[0]!.availabilityZone); },
  end: ({ fleet }) => fleet.world.faults.zonesDown.clear(),
}, {
  name: 'AMIs of another account that it deprecates',
  prepare: async ({ fleet }) => {
    for (const id of [fleet.good, fleet.next, fleet.sick]) {
      const image = fleet.ec2.image(id)!;
      Object.assign(image, { owner: '210987654321' });
      image.launchUsers.add(fleet.world.account);
    }
  },
  begin: ({ fleet }) => {
    for (const id of [fleet.good, fleet.next, fleet.sick]) fleet.ec2.image(id)!.deprecationTime = fleet.world.now - 1;
  },
}, {
  name: 'instances that are retained when their termination hook is abandoned',
  prepare: async ({ autoScaling }) => {
    await autoScaling.send(new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web', InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: 'retain' } },
    }));
    await autoScaling.send(new PutLifecycleHookCommand({
      AutoScalingGroupName: 'web',
      LifecycleHookName: 'drain',
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      HeartbeatTimeout: 30,
    }));
  },
}, {
  name: 'an instance maintenance policy that would allow everything at once',
  prepare: async ({ autoScaling }) => {
    await autoScaling.send(new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web', InstanceMaintenancePolicy: { MinHealthyPercentage: 0, MaxHealthyPercentage: 100 },
    }));
  },
}];

/** Lives through a rollout with the trouble in it, and until it has ended. */
async function live({ prepare, begin, end }: Trouble, { sick, moment, minutes }: History): Promise<Road> {
  const road = await Road.start(SIZE, [], { rollout: { minHealthyPercentage: 75 } });
  const { fleet } = road;
  await prepare?.(road);
  await road.release('1.0.0/1', fleet.good);
  await road.minutes(60);
  expect(road.state.committed[0]).toMatchObject({ version: '1.0.0/1' });
  fleet.lowestHealthy = Infinity;
  await road.release('1.0.1/1', sick ? fleet.sick : fleet.next);
  await road.minutes(moment);
  begin?.(road);
  await road.minutes(minutes);
  end?.(road);
  const over = (): boolean => !road.state.rollout && (sick ? road.state.blocked.length > 0 : road.state.committed[0]!.version === '1.0.1/1');
  for (let hour = 0; hour < 6 && !over(); hour += 0.25) await road.minutes(15);
  return road;
}

test.each(troubles)('$name: a good image is committed, a sick one blocked, and the minimum serves throughout', async (trouble) => {
  await fc.assert(fc.asyncProperty(history, async (what) => {
    const { state, fleet, alerts } = await live(trouble, what);
    expect(state.rollout).toBeUndefined();
    expect(alerts.filter((event) => event !== 'fleet-retained')).toEqual([]);
    expect(fleet.lowestHealthy).toBeGreaterThanOrEqual(LEAST);
    expect(state.committed[0]!.version).toBe(what.sick ? '1.0.0/1' : '1.0.1/1');
    expect(state.blocked.map(({ version }) => version)).toEqual(what.sick ? ['1.0.1/1'] : []);
  }), runs);
});
