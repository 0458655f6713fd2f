import { fleetIntent } from './model/harness';
import type { RolloutIntent } from '../../../src/contract';
import {
  decideFleet, initialState, ownerMark, recognize, type Decision, type Recognized, type FleetObservation, type FleetState, type Group,
  type GroupInstance, type Rollout, type TargetObservation,
  type TemplateVersion,
} from '../../../src/runtime/domain/fleet';

export const NOW = Date.UTC(2026, 0, 5, 12);
export const REGION = 'eu-central-1';
const OLD = NOW - 86_400_000;

export const foreignVersion = (number: number, configurationHash = 'c0', image = 'resolve:ssm:/golden-images/shop/fleets/web/image'): TemplateVersion =>
  ({ number: String(number), description: '', isDefault: number === 1, image, configurationHash, contentHash: `${image} ${configurationHash}`, origin: 'recorded' });

export const ownVersion = (number: number, image: string, configurationHash = 'c0'): TemplateVersion =>
  ({ number: String(number), description: ownerMark('shop', 'web'), isDefault: false, image, configurationHash, contentHash: `${image} ${configurationHash}`, origin: 'own' });

/** A version of somebody who has nothing but the right to make versions; of what says a note, everybody may write anything into it. */
export const strangersVersion = (number: number, configurationHash = 'c9', image = 'ami-9', description = ''): TemplateVersion =>
  ({ ...foreignVersion(number, configurationHash, image), description, createdBy: MALLORY });

export const MALLORY = 'arn:aws:sts::123456789012:assumed-role/Mallory/attack';

/**
 * What the ledger knows where a row does not say otherwise: that the fleet made each version with its mark, and that a deploy declared each
 * other one, in the operation of the stack in which it was made; of versions of strangers, nothing.
 */
export function recorded(state: FleetState, seen: FleetObservation): { state: FleetState; observation: FleetObservation } {
  if (state.templates === undefined) return { state, observation: seen };
  const targets = seen.targets.map((each): TargetObservation => ({
    ...each,
    declarations: each.versions.filter(({ description, createdBy }) => description === '' && !createdBy).map(({ number, contentHash, createdAt }) => (
      { number, contentHash, stackId: '', operation: number === '1' ? BEGINNING : operationOf(seen, createdAt), declaredAt: '' })),
  }));
  const versions = targets.flatMap((each) => each.versions).filter(({ createdBy }) => !createdBy);
  const hashes = (some: readonly TemplateVersion[]) => Object.fromEntries(some.map(({ number, contentHash }) => [number, contentHash]));
  const own = hashes(versions.filter(({ description }) => description !== ''));
  const declared = hashes(versions.filter(({ number }) => number === '1'));
  return { state: { ...state, templates: { 'lt-1': { takenOver: 0, own, declared } }, initialAmi: 'ami-1' }, observation: { ...seen, targets } };
}

export const recognized = (state: FleetState, seen: FleetObservation): Recognized => {
  const known = recorded(state, seen);
  return recognize(known.state, known.observation);
};

/** One decision, as the controller takes it. */
export function decide(state: FleetState, seen: FleetObservation): Decision {
  const known = recognized(state, seen);
  return decideFleet(known.state, known.observation);
}

const BEGINNING = '2025-01-01T00:00:00.000Z';

/** When the operation of the stack began in which a version was made. */
const operationOf = ({ stackEvents }: FleetObservation, createdAt = NOW): string =>
  new Date([...stackEvents ?? []].reverse().find(({ at, status }) => at <= createdAt && status.endsWith('_IN_PROGRESS'))?.at ?? createdAt).toISOString();

export const instance = (id: string, version: number, ami: string, change: Partial<GroupInstance> = {}): GroupInstance =>
  ({ id, lifecycle: 'InService', healthy: true, serving: true, templateVersion: String(version), ami, launchedAt: OLD, protectedFromScaleIn: false, ...change });

export const group = (change: Partial<Group> = {}): Group => ({
  name: 'web',
  templateId: 'lt-1',
  templateVersion: '2',
  desired: 3,
  deleting: false,
  suspended: [],
  terminationPolicies: ['Default'],
  launch: undefined,
  instances: ['i-1', 'i-2', 'i-3'].map((id) => instance(id, 2, 'ami-1')),
  ...change,
});

/** A group that was committed on `ami-1` in version 2; version 1 is CloudFormation's. */
export const target = (change: Partial<TargetObservation> = {}): TargetObservation => ({
  groupName: 'web', group: group(), versions: [foreignVersion(1), ownVersion(2, 'ami-1')], refreshes: [], launchFailures: [], interrupted: [], failedChecks: [], ...change,
});

export const release = (version: string, ami: string, change: object = {}): NonNullable<FleetObservation['release']> => ({
  schemaVersion: 1, image: 'web', channel: 'production', revision: 2, version, builtAt: '2026-01-05T00:00:00Z', amis: { [REGION]: ami }, revoked: [], ...change,
});

export const observation = (change: Partial<FleetObservation> = {}, rollout: Partial<RolloutIntent> = {}): FleetObservation => ({
  now: NOW,
  region: REGION,
  namespace: 'shop',
  intent: fleetIntent(rollout),
  stack: 'settled',
  parameterValue: 'ami-1',
  targets: [target()],
  alarms: [{ name: 'errors', red: false }],
  usableImages: ['ami-1', 'ami-2', 'ami-3'],
  ...change,
});

export const committed: FleetState = {
  ...initialState('web'), committed: [{ version: '1.0.1/1', ami: 'ami-1', configurations: { web: 'c0' }, committedAt: '2026-01-01T00:00:00Z' }],
};

export const rolling = (change: Partial<Rollout> = {}, state: FleetState = committed): FleetState => ({
  ...state,
  rollout: {
    kind: 'image',
    version: '1.0.2/1',
    ami: 'ami-2',
    configurations: { web: 'c0' },
    stage: 'canary',
    startedAt: NOW - 120_000,
    bootstrapping: false,
    redAtStart: [],
    targetIndex: 0,
    refreshesBefore: [],
    touched: 0,
    unhealthySince: {},
    failed: [],
    ...change,
  },
});

/** In the middle of a canary: version 3 is the new one, its instance was launched beside the others. */
export const canaryOut = (change: Partial<GroupInstance> = {}, more: Partial<TargetObservation> = {}): TargetObservation => target({
  versions: [foreignVersion(1), ownVersion(2, 'ami-1'), ownVersion(3, 'ami-2')],
  refreshes: [{ id: 'r-1', status: 'InProgress', version: '3' }],
  group: group({ instances: [...group().instances, instance('i-4', 3, 'ami-2', { launchedAt: NOW - 60_000, ...change })] }),
  ...more,
});
