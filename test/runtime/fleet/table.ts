import { fleetIntent } from './model/harness';
import type { RolloutIntent } from '../../../src/contract';
import {
  initialState, ownerMark, type FleetObservation, type FleetState, type Group, type GroupInstance, type Rollout, type TargetObservation,
  type TemplateVersion,
} from '../../../src/runtime/domain/fleet';

export const NOW = Date.UTC(2026, 0, 5, 12);
export const REGION = 'eu-central-1';
const OLD = NOW - 86_400_000;

export const foreignVersion = (number: number, configurationHash = 'c0', image = 'resolve:ssm:/golden-images/shop/fleets/web/image'): TemplateVersion =>
  ({ number: String(number), description: '', isDefault: number === 1, image, configurationHash });

export const ownVersion = (number: number, image: string, configurationHash = 'c0'): TemplateVersion =>
  ({ number: String(number), description: ownerMark('shop', 'web'), isDefault: false, image, configurationHash });

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
