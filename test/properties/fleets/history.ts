import * as fc from 'fast-check';
import type { RolloutIntent } from '../../../src/contract';
import { ownerMark } from '../../../src/runtime/domain/fleet';
import type { Harness } from '../../runtime/fleet/model/harness';
import { CHANGES } from '../../runtime/fleet/model/ports';
import { FOREIGN, NAMESPACE, REGION } from '../../runtime/fleet/model/world';

/** `rolled-back`: the rollback makes another version of the old template; `rolled-back-newest-left`: it leaves the failed one as the newest. */
export type DeployChange = 'configuration' | 'sick-configuration' | 'group' | 'rolled-back' | 'rolled-back-newest-left' | 'rolled-back-group';

/** What somebody who may only write parameters can write. */
export const FORGED = ['release', 'status', 'pointer'] as const;
export type Forged = typeof FORGED[number];

/** One thing that happens to a fleet. */
export type Happening =
  | { readonly type: 'release'; readonly sick: boolean }
  | { readonly type: 'revoke' }
  | { readonly type: 'go-back' }
  | { readonly type: 'deploy'; readonly change: DeployChange; readonly minutes: number }
  | { readonly type: 'scale'; readonly size: number }
  | { readonly type: 'alarm'; readonly red: boolean }
  | { readonly type: 'capacity'; readonly there: boolean }
  | { readonly type: 'suspend'; readonly suspended: boolean }
  | { readonly type: 'cancel' }
  | { readonly type: 'interrupt' }
  /** Zones are rebalanced: the newest instance is replaced by another one. */
  | { readonly type: 'rebalance' }
  | { readonly type: 'protect'; readonly protected: boolean }
  | { readonly type: 'crash'; readonly calls: number; readonly after: boolean }
  | { readonly type: 'throttle'; readonly calls: number }
  | { readonly type: 'stale-lists'; readonly count: number }
  | { readonly type: 'no-effect'; readonly call: string }
  | { readonly type: 'stall' }
  /** Somebody who may do just that makes a version of the template (with a note that looks like ours), has the group name it, or writes the pointer. */
  | { readonly type: 'foreign-version'; readonly marked: boolean; readonly named: boolean }
  | { readonly type: 'foreign-pointer' }
  /** Somebody who may write parameters does. */
  | { readonly type: 'forge'; readonly what: Forged }
  | { readonly type: 'events'; readonly count: number };

export interface History {
  readonly size: number;
  readonly graceSeconds?: number;
  /** How AWS behaves where a document can be read in two ways, or a group in two. */
  readonly savedMatches?: boolean;
  readonly newestFirst?: boolean;
  readonly hookSeconds?: number;
  readonly rollout: Partial<RolloutIntent>;
  readonly happenings: ReadonlyArray<{ readonly happening: Happening; readonly minutes: number }>;
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('release' as const), sick: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ type: 'revoke' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'go-back' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('deploy' as const),
      change: fc.constantFrom<DeployChange>('configuration', 'sick-configuration', 'group', 'rolled-back', 'rolled-back-newest-left', 'rolled-back-group'),
      minutes: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('scale' as const), size: fc.integer({ min: 0, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('alarm' as const), red: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('capacity' as const), there: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('suspend' as const), suspended: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ type: 'cancel' as const }) },
  { weight: 2, arbitrary: fc.constant({ type: 'interrupt' as const }) },
  { weight: 2, arbitrary: fc.constant({ type: 'rebalance' as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('protect' as const), protected: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('crash' as const), calls: fc.integer({ min: 0, max: 60 }), after: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('throttle' as const), calls: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('stale-lists' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('no-effect' as const), call: fc.constantFrom(...CHANGES) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'stall' as const }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('foreign-version' as const), marked: fc.boolean(), named: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ type: 'foreign-pointer' as const }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('forge' as const), what: fc.constantFrom(...FORGED) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('events' as const), count: fc.integer({ min: 2, max: 4 }) }) },
);

const rollout: fc.Arbitrary<Partial<RolloutIntent>> = fc.record({
  canaryInstances: fc.constantFrom(1, 1, 2),
  minHealthyPercentage: fc.constantFrom(50, 90, 100),
  canarySeconds: fc.constantFrom(0, 60, 300),
  bakeSeconds: fc.constantFrom(0, 300),
  protectedInstances: fc.constantFrom('wait', 'ignore', 'refresh'),
});

export const history: fc.Arbitrary<History> = fc.record({
  size: fc.constantFrom(1, 2, 3, 6),
  graceSeconds: fc.constantFrom(60, 120, 300, 300),
  savedMatches: fc.boolean(),
  newestFirst: fc.boolean(),
  hookSeconds: fc.constantFrom(0, 0, 300),
  rollout,
  happenings: fc.array(fc.record({ happening, minutes: fc.constantFrom(0, 1, 2, 4, 8, 15, 40) }), { minLength: 1, maxLength: 14 }),
});

/** Makes something happen, as AWS and the guard of deploys would let it happen. */
export async function happen(fleet: Harness, what: Happening, check: () => void): Promise<void> {
  const { world, ports } = fleet;
  switch (what.type) {
    case 'release': await fleet.release(fleet.nextVersion(), what.sick); return;
    case 'revoke': return revoke(fleet);
    case 'go-back': return goBack(fleet);
    case 'deploy': return deploy(fleet, what, check);
    case 'scale': world.desired = what.size; world.lastDisturbance = world.now; return;
    case 'alarm': world.alarm = what.red; return;
    case 'capacity': world.capacity = what.there; world.lastDisturbance = world.now; return;
    case 'suspend': world.suspended = what.suspended ? ['Launch'] : []; world.lastDisturbance = world.now; return;
    case 'cancel': return fleet.cancelByHand();
    case 'interrupt': return world.present.length > 0 ? world.interrupt(world.present[world.present.length - 1]!) : undefined;
    case 'rebalance': return world.present.length > 0 ? world.rebalance(world.present[world.present.length - 1]!) : undefined;
    case 'protect': for (const each of world.present) each.isProtected = what.protected; world.lastDisturbance = world.now; return;
    case 'crash': ports.faults.crashIn = what.calls; ports.faults.crashAfter = what.after; return;
    case 'throttle': ports.faults.throttles = what.calls; return;
    case 'stale-lists': ports.faults.staleLists = what.count; return;
    case 'no-effect': ports.faults.ineffective = new Set([what.call]); return;
    case 'stall': ports.faults.stallPointer = true; return;
    case 'foreign-version': return world.strangersVersion(what.marked ? ownerMark(NAMESPACE, 'web') : '', what.named);
    case 'foreign-pointer': world.parameters.set(world.intent.parameterName, FOREIGN); return;
    case 'forge': return forge(fleet, what.what);
    case 'events': for (let index = 0; index < what.count; index += 1) await fleet.look();
  }
}

/** All that would help: an AMI of theirs as the newest release of all, a rollout that is over, a version that is blocked. */
export function forge(fleet: Harness, what: Forged): void {
  const { world } = fleet;
  const { parameters, intent } = world;
  const heartbeat = new Date(world.now + 1e9).toISOString();
  const release = { ...world.releaseDocument(), version: '9.9.9/1', revision: Number.MAX_SAFE_INTEGER, amis: { [REGION]: FOREIGN }, revoked: [] };
  const status = { schemaVersion: 99, fleet: 'web', phase: 'idle', blocked: [{ version: fleet.lastVersion, reason: 'sick' }], heartbeat };
  if (what === 'pointer') world.lastDisturbance = world.now;
  if (what === 'release') parameters.set(`${intent.follows.parameterName}/release`, JSON.stringify(release));
  if (what === 'status') parameters.set(intent.statusName, JSON.stringify(status));
  if (what === 'pointer') parameters.set(intent.parameterName, FOREIGN);
  fleet.poke();
}

function revoke({ world }: Harness): void {
  const release = world.releaseDocument();
  if (release) world.release({ revoked: [...release.revoked, release.version] });
}

/** The channel goes back to what this fleet was committed on before. */
function goBack(fleet: Harness): void {
  const before = fleet.state.committed[1];
  if (!before?.version || fleet.world.releaseDocument()!.revoked.includes(before.version)) return;
  fleet.world.release({ version: before.version, amis: { [REGION]: before.ami } });
}

/** The stack is in progress first, then its guard reads the status, then the template and the group change. */
async function deploy(fleet: Harness, { change, minutes }: Extract<Happening, { type: 'deploy' }>, check: () => void): Promise<void> {
  const { world } = fleet;
  world.stackBecomes('in-progress', 'UPDATE_IN_PROGRESS');
  await fleet.run(0.5, check);
  if (fleet.announced) {
    world.stackBecomes('rolling-back', 'UPDATE_ROLLBACK_IN_PROGRESS');
    await fleet.run(1, check);
    world.stackBecomes('settled', 'UPDATE_ROLLBACK_COMPLETE');
    return;
  }
  if (change === 'group' || change === 'rolled-back-group') world.resendGroup();
  else world.deployConfiguration(change !== 'configuration');
  await fleet.run(minutes, check);
  if (!change.startsWith('rolled-back')) {
    world.stackBecomes('settled', 'UPDATE_COMPLETE');
    return fleet.poke();
  }
  world.stackBecomes('rolling-back', 'UPDATE_ROLLBACK_IN_PROGRESS');
  await fleet.run(minutes, check);
  world.rollBackDeploy(change === 'rolled-back-newest-left');
  // What the group names until the controller looks again was good once; a scale-out gets that.
  world.stackBecomes('settled', 'UPDATE_ROLLBACK_COMPLETE');
  fleet.poke();
}
