import * as fc from 'fast-check';
import { MINUTE, NAMESPACE, type Road } from './road';
import { LambdaService } from '../../../golden-images/src/world/lambda/lambda';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';

const PARENT = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

type EventFault = 'lose' | 'double' | { readonly delaySeconds: number };

/** One thing that happens on the road. */
export type Happening =
  | { readonly type: 'build'; readonly image: 'base' | 'baseline' | 'web'; readonly kind: 'good' | 'fails' }
  | { readonly type: 'sick-build' }
  | { readonly type: 'parent' }
  | { readonly type: 'deploy'; readonly motd: string; readonly fails: boolean }
  | { readonly type: 'scale'; readonly size: number }
  | { readonly type: 'capacity'; readonly launches: number }
  | { readonly type: 'pause'; readonly paused: boolean }
  | { readonly type: 'events'; readonly faults: readonly EventFault[] }
  | { readonly type: 'throttle'; readonly service: string; readonly times: number }
  | { readonly type: 'kill'; readonly calls: number };

export interface Step {
  readonly faults: readonly Happening[];
  readonly happening: Happening;
  /** Virtual minutes that pass afterwards. */
  readonly minutes: number;
}

const eventFault: fc.Arbitrary<EventFault> = fc.oneof(
  fc.constant('lose' as const), fc.constant('double' as const), fc.record({ delaySeconds: fc.constantFrom(30, 600, 3600) }),
);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('build' as const),
      image: fc.constantFrom('base' as const, 'baseline' as const, 'web' as const, 'web' as const),
      kind: fc.constantFrom('good' as const, 'good' as const, 'fails' as const),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ type: 'sick-build' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'parent' as const }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('deploy' as const), motd: fc.constantFrom('welcome', 'second', 'third'), fails: fc.constantFrom(false, false, true) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('scale' as const), size: fc.integer({ min: 6, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('pause' as const), paused: fc.boolean() }) },
);

const fault: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ type: fc.constant('capacity' as const), launches: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('events' as const), faults: fc.array(eventFault, { minLength: 1, maxLength: 6 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('throttle' as const), service: fc.constantFrom('autoscaling', 'ssm', 'dynamodb', 'imagebuilder', 'ec2'), times: fc.integer({ min: 1, max: 8 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('kill' as const), calls: fc.integer({ min: 0, max: 150 }) }) },
);

/** What goes wrong is planted before what happens. */
export const history = (length: number): fc.Arbitrary<Step[]> => fc.array(
  fc.record({ faults: fc.array(fault, { maxLength: 2 }), happening, minutes: fc.constantFrom(0, 7, 20, 70, 130) }),
  { minLength: length, maxLength: length },
);

/** Makes something happen. What it gives is shown in the log of the history. */
export async function happen(road: Road, what: Happening): Promise<string | undefined> {
  const { faults } = road.world;
  switch (what.type) {
    case 'build':
      if (what.kind === 'fails') plant(faults.failedBuilds, what.image);
      road.build(what.image);
      return undefined;
    case 'sick-build':
      plant(faults.sickBuilds, 'web');
      road.build('web');
      return undefined;
    case 'parent': road.world.get(SsmService).public.publish(PARENT); return undefined;
    case 'deploy': return road.deploy(what.motd, { fails: what.fails });
    case 'scale': road.scale(what.size); return undefined;
    case 'capacity': faults.launchFailures = what.launches; return undefined;
    case 'pause': road.pause(what.paused); return undefined;
    case 'events': faults.events.push(...what.faults); return undefined;
    case 'throttle': faults.failCalls(what.service, '*', what.times); return undefined;
    case 'kill': faults.killAfter(what.calls, () => void road.world.get(LambdaService).killRunning()); return undefined;
  }
}

/** Nothing goes wrong any more. */
export function heal(road: Road): void {
  const { faults } = road.world;
  faults.events.length = 0;
  faults.launchFailures = 0;
  faults.sickBuilds.clear();
  faults.failedBuilds.clear();
  faults.killAfter(Infinity, () => undefined);
  road.pause(false);
}

function plant(builds: Map<string, number>, image: string): void {
  const recipe = `${NAMESPACE}--${image}`;
  builds.set(recipe, (builds.get(recipe) ?? 0) + 1);
}

export const minutes = (count: number): number => count * MINUTE;
