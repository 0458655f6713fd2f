import { canaryOut, committed, decide, foreignVersion, group, instance, NOW, observation, ownVersion, release, rolling, strangersVersion, target } from './table';
import { initialState, type FleetObservation, type FleetState, type Rollout, type TargetObservation } from '../../../src/runtime/domain/fleet';

/** What one row of the table says: a state, an observation, the action, and what the reason mentions. */
type Row = readonly [name: string, state: FleetState, observation: FleetObservation, action: string, detail?: RegExp | object];

const next = release('1.0.2/1', 'ami-2');
const halting = rolling({ stage: 'halting', newestBefore: { 'lt-1': 2 }, halt: { at: NOW - 10_000, reason: 'sick', outcome: 'rolled-back', after: 'block', refreshesBefore: ['r-1'] } });
const waves = rolling({ stage: 'waves', refreshesBefore: ['r-1'] });
const done = (status: string, change: object = {}): FleetObservation => observation({
  release: next,
  targets: [canaryOut({}, {
    refreshes: [{ id: 'r-2', status, version: '3' }, { id: 'r-1', status: 'Cancelled', version: '3' }],
    group: group({ instances: ['i-4', 'i-5', 'i-6'].map((id) => instance(id, 3, 'ami-2')), ...change }),
  })],
});
const withGroup = (change: object, more: Partial<FleetObservation> = {}): FleetObservation =>
  observation({ release: next, targets: [target({ group: group(change) })], ...more });

/** A canary in service that does not serve, in a group with so many seconds of grace. */
const inGrace = (graceSeconds: number | undefined, change: object = {}): ReturnType<typeof target> => {
  const out = canaryOut({ serving: false, ...change });
  return { ...out, group: { ...out.group!, graceSeconds } };
};

/** Version 3 was made after the first of these events of the stack, a second apart, and before the others. */
const deployed = (configuration: string, ...statuses: readonly string[]): FleetObservation => observation({
  targets: [target({ versions: [...target().versions, { ...foreignVersion(3, configuration), createdAt: NOW - 50_000 }] })],
  stackEvents: statuses.map((status, index) => ({ status, at: NOW - 60_000 + index * 12_000 })),
});

/** It is known how the operation ended in which `deployed` made its version. */
const ended = (well: boolean): FleetState => ({ ...committed, deploys: { [`lt-1@${new Date(NOW - 50_000).toISOString()}`]: well } });

/** A group of which nothing serves. */
const dead = () => group({ instances: group().instances.map((each) => ({ ...each, serving: false })) });

const protectedGroup = (ids: string[], protectedInstances: 'ignore' | 'refresh'): FleetObservation => {
  const instances = group().instances.map((each) => ({ ...each, protectedFromScaleIn: ids.includes(each.id) }));
  return observation({ release: next, targets: [target({ group: group({ instances }) })] }, { protectedInstances });
};

/** A canary whose refresh is over. */
const stopped = (change: Partial<Rollout> = {}): FleetState => rolling({ canaryStopped: true, ...change });
const over = { refreshes: [{ id: 'r-1', status: 'Cancelled', version: '3' }] };
/** Its refresh ended well, all instances are protected, and the group names version 3. */
const untouched = (id: string): TargetObservation => canaryOut({}, {
  refreshes: [{ id, status: 'Successful', version: '3' }],
  group: group({ templateVersion: '3', instances: ['i-1', 'i-2', 'i-3'].map((each) => instance(each, 2, 'ami-1', { protectedFromScaleIn: true })) }),
});

const sick = instance('i-4', 3, 'ami-2', { serving: false });
const adoptedBefore = (): TargetObservation =>
  canaryOut({}, { ...over, group: group({ instances: [...['i-1', 'i-2', 'i-3'].map((id) => instance(id, 1, 'ami-1')), sick] }) });
const leftAlone = (): TargetObservation =>
  target({ group: group({ instances: [...group().instances, instance('i-0', 1, 'ami-0', { protectedFromScaleIn: true })] }) });

const alone = (change: object = {}): TargetObservation =>
  canaryOut({}, { ...over, group: group({ instances: [instance('i-1', 2, 'ami-1'), instance('i-2', 2, 'ami-1'), instance('i-4', 3, 'ami-2')], ...change }) });
const gone = (change: object = {}): TargetObservation => canaryOut({}, { ...over, group: group(), ...change });
const newestFirst = (change: object = {}): TargetObservation =>
  canaryOut({}, { group: group({ terminationPolicies: ['NewestInstance'], instances: [...group().instances, instance('i-4', 3, 'ami-2')], ...change }) });
/** One more than before; it runs this version. */
const scaledOut = (version: number): TargetObservation => {
  const before = alone();
  return { ...before, group: { ...before.group!, desired: 4, instances: [...before.group!.instances, instance('i-5', version, version === 3 ? 'ami-2' : 'ami-1')] } };
};

/** The refresh back to version 2 ended well, and there are strays: `i-4`, and others. */
const back = (change: object, desired = 3, others: string[] = [], lifecycle = 'InService'): TargetObservation => canaryOut({}, {
  refreshes: [{ id: 'r-2', status: 'Successful', version: '2' }, { id: 'r-1', status: 'Cancelled', version: '3' }],
  group: group({
    desired,
    instances: [instance('i-1', 2, 'ami-1'), instance('i-2', 2, 'ami-1'), instance('i-3', 2, 'ami-1', { lifecycle }), instance('i-4', 3, 'ami-2', change), ...others.map((id) => instance(id, 3, 'ami-2'))],
  }),
});

/** A version that nobody declared, which made no difference yet. */
const stranger = (change: object = {}): TargetObservation => target({ versions: [...target().versions, strangersVersion(3, 'c1')], group: group(change) });

/** An instance on a foreign AMI beside three others. */
const withStranger = (change: object = {}, rollout: object = {}, more: ReturnType<typeof instance>[] = []): FleetObservation => observation({
  release: release('1.0.1/1', 'ami-1'),
  targets: [target({ group: group({ desired: 4, instances: [...group().instances, instance('i-9', 2, 'ami-9', change), ...more] }) })],
}, rollout);

/** On the way back from it. */
const replacing = rolling({
  kind: 'replacement', version: '1.0.1/1', ami: 'ami-1', stage: 'halting', halt: { at: NOW, reason: 'foreign', outcome: 'rolled-back', after: 'nothing', refreshesBefore: [] },
});

const twoGroups: FleetState = { ...committed, committed: [{ ...committed.committed[0]!, configurations: { web: 'c0', api: 'c0' } }] };

const table: readonly Row[] = [
  // At rest: nothing to roll.
  ['no release yet', initialState('web'), observation(), 'wait', /no release/],
  ['up to date', committed, observation({ release: release('1.0.1/1', 'ami-1') }), 'wait', /up to date/],
  ['a record of a newer schema', { ...committed, schemaVersion: 9 }, observation({ release: next }), 'wait', /schema version 9/],
  ['a revision above that of the ledger, which somebody had forged', { ...committed, seenRelease: { parameterName: observation().intent.follows.parameterName, revision: 2 ** 53 - 1 } },
    observation({ release: next }), 'record', /start/],
  ['the ledger of the stack that publishes the channel cannot be read', committed, observation({ releaseUnreadable: 'the ledger arn cannot be read' }), 'wait', /the ledger arn cannot be read/],
  ['a version without an AMI here', committed, observation({ release: release('1.0.2/1', 'ami-2', { amis: {} }) }), 'wait', /no AMI in eu-central-1/],
  ['an AMI that is gone', committed, observation({ release: next, usableImages: ['ami-1'] }), 'wait', /cannot be launched/],
  ['the last known good AMI is gone', committed, observation({ release: release('1.0.1/1', 'ami-1'), usableImages: [] }), 'wait', /last known good AMI, cannot be launched/],
  ['an alarm that does not exist', committed, observation({ release: release('1.0.1/1', 'ami-1'), alarms: [] }), 'wait', /alarm errors does not exist/],

  // Upkeep.
  ['the pointer was lost', committed, observation({ parameterValue: undefined }), 'write-parameter', { ami: 'ami-1' }],
  ['the pointer is older', committed, observation({ parameterValue: 'ami-0' }), 'write-parameter', { ami: 'ami-1' }],
  ['a deploy named its own version', committed, withGroup({ templateVersion: '1' }), 'adopt', { version: '2', ami: 'ami-1' }],
  ['somebody removed our version', committed, observation({ targets: [target({ versions: [foreignVersion(1)] })] }), 'create-version', { source: '1', ami: 'ami-1' }],
  ['an own version that a stack may remember', committed, observation({ targets: [target({ versions: [...target().versions, ownVersion(3, 'ami-9')] })] }), 'wait'],
  ['a version that another group of the same template runs', twoGroups, observation({
    targets: [
      target({ versions: [...target().versions, ownVersion(3, 'ami-9')] }),
      target({ groupName: 'api', versions: [...target().versions, ownVersion(3, 'ami-9')], group: group({ name: 'api', instances: [instance('i-7', 3, 'ami-9')] }) }),
    ],
  }), 'wait'],
  ['an own version that is the default', committed, observation({ targets: [target({ versions: [...target().versions, { ...ownVersion(3, 'ami-9'), isDefault: true }] })] }), 'wait'],
  ['a foreign version that nothing needs', committed, observation({ targets: [target({ versions: [...target().versions, foreignVersion(3)] })] }), 'wait'],

  // What keeps a rollout from beginning.
  ['a release', committed, observation({ release: next }), 'record', /start: version 1.0.2/],
  ['a stack in progress', committed, observation({ release: next, stack: 'in-progress' }), 'wait', /stack is in-progress/],
  ['a group that is missing', committed, observation({ release: next, targets: [{ ...target({ versions: [] }), group: undefined }] }), 'wait', /does not exist/],
  ['a launch template that is missing', committed, observation({ release: next, targets: [target({ versions: [] })] }), 'wait', /launch template lt-1 .* does not exist/],
  ['a group that cannot be rolled', committed, withGroup({ unsupported: 'it uses a launch configuration' }), 'wait', /launch configuration/],
  ['suspended processes', committed, withGroup({ suspended: ['Launch'] }), 'wait', /suspended processes: Launch/],
  ['a process that does not matter', committed, withGroup({ suspended: ['AZRebalance'] }), 'record', /start/],
  ['a group at zero', committed, withGroup({ desired: 0, instances: [] }), 'wait', /at zero/],
  ['a group that scales', committed, withGroup({ desired: 5 }), 'wait', /is scaling/],
  ['protected instances', committed, withGroup({ instances: [instance('i-1', 2, 'ami-1', { protectedFromScaleIn: true })], desired: 1 }), 'wait', /protected/],
  ['protected instances, which the policy leaves as they are', committed, protectedGroup(['i-1'], 'ignore'), 'record', /start/],
  ['all are protected, and the policy leaves them as they are', committed, protectedGroup(['i-1', 'i-2', 'i-3'], 'ignore'), 'wait', /no instance of group web may be replaced/],
  ['all are protected, and the policy replaces them', committed, protectedGroup(['i-1', 'i-2', 'i-3'], 'refresh'), 'record', /start/],
  ['standby instances', committed, withGroup({ instances: [...group().instances, instance('i-9', 2, 'ami-1', { lifecycle: 'Standby' })] }), 'wait', /standby/],
  ['a retained instance, which is no motion', committed, withGroup({ instances: [...group().instances, instance('i-9', 2, 'ami-1', { lifecycle: 'Terminating:Retained' })] }), 'record', /start/],
  ['somebody else refreshes', committed, observation({ release: next, targets: [target({ refreshes: [{ id: 'r-9', status: 'InProgress', version: '1' }] })] }), 'wait', /somebody else/],
  ['an alarm that is red before', committed, observation({ release: next, alarms: [{ name: 'errors', red: true }] }), 'wait', /red already: errors/],
  ['a blocked version', { ...committed, blocked: [{ version: '1.0.2/1', reason: 'sick', at: '' }] }, observation({ release: next }), 'wait', /blocked: sick/],
  ['a revoked version', committed, observation({ release: release('1.0.2/1', 'ami-2', { revoked: ['1.0.2/1'] }) }), 'wait', /1.0.2\/1 is revoked/],
  ['a fleet that is frozen', { ...committed, frozen: { reason: 'help', revision: 2 } }, observation({ release: next }), 'wait', /frozen: help/],
  ['a channel that moved since', { ...committed, frozen: { reason: 'help', revision: 1 } }, observation({ release: next }), 'record', /start/],
  ['backing off', { ...committed, backoff: { attempts: 1, until: NOW + 60_000 } }, observation({ release: next }), 'wait', /backing off/],
  ['another fleet goes first', committed, observation({ release: release('1.0.2/1', 'ami-2', { canaryFleet: { name: 'first', statusName: '/s' } }) }), 'wait', /canary fleet first has not committed version 1.0.2/],
  ['another fleet has committed it', committed, observation({
    release: release('1.0.2/1', 'ami-2', { canaryFleet: { name: 'first', statusName: '/s' } }),
    canary: { blocked: [], lastKnownGood: { version: '1.0.2/1', ami: 'ami-2', configurationHash: '', committedAt: '' } },
  }), 'record', /start/],
  ['every committed version is revoked', committed, observation({ release: release('1.0.1/1', 'ami-1', { revoked: ['1.0.1/1'] }) }), 'wait', /frozen: every version/],
  ['the committed version is revoked', { ...committed, committed: [...committed.committed, { version: '1.0.0/1', ami: 'ami-3', configurations: { web: 'c0' }, committedAt: '' }] },
    observation({ release: release('1.0.1/1', 'ami-1', { revoked: ['1.0.1/1'] }) }), 'record', /start: version 1.0.1\/1 is revoked/],

  // Launch configurations.
  ['a deploy changed the configuration', ended(true), deployed('c1'), 'record', /changed launch configuration/],
  ['a deploy changed the configuration, by the events of the stack', committed, deployed('c1', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'), 'record', /changed launch configuration/],
  ['a deploy that stopped half-way, and was continued', committed, deployed('c1', 'UPDATE_IN_PROGRESS', 'UPDATE_FAILED', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'), 'record', /changed launch/],
  ['a version that no deploy declared', committed, { ...deployed('c1', 'UPDATE_COMPLETE'), targets: [target({ versions: [...target().versions, strangersVersion(3, 'c1')] })] }, 'wait', /no release/],
  ['the same, and the group names it', committed, { ...deployed('c1', 'UPDATE_COMPLETE'), targets: [stranger({ templateVersion: '3' })] }, 'adopt', { version: '2', ami: 'ami-1' }],
  ['the same, where every version counts', { ...committed, deploys: { 'lt-1#3': true } },
    observation({ targets: [target({ anyVersion: true, versions: [...target().versions, strangersVersion(3, 'c1')] })] }), 'record', /changed launch configuration/],
  ['a version of somebody with our mark and our image is none of ours', committed,
    observation({ targets: [target({ versions: [foreignVersion(1), strangersVersion(3, 'c0', 'ami-1', ownVersion(3, '').description)], group: group({ templateVersion: '1' }) })] }),
    'create-version', { source: '1', ami: 'ami-1' }],
  ['only a version of somebody has the wanted configuration', { ...committed, committed: [{ ...committed.committed[0]!, configurations: { web: 'c9' } }] },
    observation({ targets: [target({ versions: [foreignVersion(1), strangersVersion(3)], group: group({ templateVersion: '3' }) })], release: next }), 'record', /start/],
  ['the same, once the rollout has begun', rolling({ stage: 'preparing', configurations: { web: 'c9' } }, { ...committed, committed: [{ ...committed.committed[0]!, configurations: { web: 'c9' } }] }),
    observation({ targets: [target({ versions: [foreignVersion(1), strangersVersion(3)], group: group({ templateVersion: '3' }) })], release: next }), 'wait', /no version of launch template lt-1 has the wanted configuration/],

  // Foreign instances.
  ['a foreign instance, at rest', committed, withStranger(), 'record', /replace: instance i-9 of group web runs ami-9/],
  ['a foreign instance, and a release that can begin', committed, { ...withStranger(), release: next }, 'record', /start: version 1.0.2/],
  ['a foreign instance, and a release that cannot begin', committed, { ...withStranger(), release: next, alarms: [{ name: 'errors', red: true }] }, 'record', /replace: instance i-9/],
  ['a foreign instance that the policy only alarms of', committed, withStranger({}, { foreignInstances: 'alarm' }), 'wait'],
  ['a foreign instance in a deploy', committed, { ...withStranger(), stack: 'in-progress' }, 'wait', /stack is/],
  ['a foreign instance while others come', committed, withStranger({}, {}, [instance('i-8', 2, 'ami-1', { lifecycle: 'Pending' })]), 'wait'],
  ['a foreign instance that is protected, and would keep a rollout waiting', committed, withStranger({ protectedFromScaleIn: true }), 'wait'],
  ['a foreign instance that is protected, and the policy replaces those', committed, withStranger({ protectedFromScaleIn: true }, { protectedInstances: 'refresh' }), 'record', /replace/],
  ['a foreign instance in standby', committed, withStranger({ lifecycle: 'Standby' }), 'wait'],
  ['a foreign instance after replacing failed', { ...committed, backoff: { attempts: 1, until: NOW + 60_000 } }, withStranger(), 'wait'],
  ['a foreign instance, and the last known good AMI is gone', committed, { ...withStranger(), usableImages: [] }, 'wait'],
  ['replacing it: the minimum holds without it', replacing, withStranger({}, { minHealthyPercentage: 75 }), 'end-instance', { instance: 'i-9' }],
  ['replacing it: it serves nobody', replacing, withStranger({ serving: false }, { minHealthyPercentage: 100 }), 'end-instance', { instance: 'i-9' }],
  ['replacing it: the minimum would not hold', replacing, withStranger({}, { minHealthyPercentage: 100 }), 'start-refresh', { kind: 'restore', version: '2', plan: { skipMatching: true } }],
  ['replacing it, although nothing else is rolled back', replacing, withStranger({}, { minHealthyPercentage: 75, autoRollback: false }), 'end-instance', { instance: 'i-9' }],
  ['it is replaced', replacing, observation({ release: release('1.0.1/1', 'ami-1') }), 'record', /closed: rolled-back/],
  ['a foreign instance before the first commit', initialState('web'), { ...withStranger({ templateVersion: undefined }, { minHealthyPercentage: 75 }), release: undefined }, 'end-instance', { instance: 'i-9' }],
  ['a foreign instance before the first commit, and a launch would be foreign again', initialState('web'),
    { ...withStranger({}, { minHealthyPercentage: 75 }), release: undefined, parameterValue: 'ami-9', targets: withStranger().targets.map((each) => ({ ...each, group: { ...each.group!, templateVersion: '1' } })) }, 'wait'],
  ['nobody knows yet how the deploy ended', committed, deployed('c1', 'UPDATE_IN_PROGRESS'), 'wait', /not known whether the deploy that made version 3 .* ended well/],
  ['a deploy of which CloudFormation has forgotten the events', committed, deployed('c1'), 'wait', /not known whether/],
  ['a deploy that failed', ended(true), { ...deployed('c1'), stack: 'failed' }, 'wait'],
  ['a deploy that was rolled back, its version left as the newest', committed, deployed('c1', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'), 'wait', /no release/],
  ['a deploy that was rolled back, and a later one that did not touch the template', ended(false), deployed('c1'), 'wait', /no release/],
  ['a rollback that was continued', committed,
    deployed('c1', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'), 'wait', /no release/],
  ['a rollback made another version of the old template', committed,
    observation({ targets: [target({ versions: [...target().versions, foreignVersion(3, 'c1'), foreignVersion(4, 'c0')] })] }), 'wait', /no release/],
  ['a blocked configuration', { ...ended(true), blockedConfigurations: [{ hash: 'c1', reason: 'sick', at: '' }] }, deployed('c1'), 'wait', /configuration of the last deploy is blocked/],

  // Bootstrapping.
  ['bootstrapping, nothing serves, whatever the alarm says', initialState('web'),
    observation({ release: next, alarms: [{ name: 'errors', red: true }], targets: [target({ group: dead() })] }), 'record', /start/],
  ['bootstrapping where instances serve: an alarm that is red before', initialState('web'), observation({ release: next, alarms: [{ name: 'errors', red: true }] }), 'wait', /red already: errors/],
  ['bootstrapping where all serve, and the group scales', initialState('web'), withGroup({ desired: 5 }), 'wait', /is scaling/],
  ['bootstrapping, never at rest', initialState('web'), withGroup({ instances: [instance('i-1', 1, 'ami-1', { lifecycle: 'Pending' })] }), 'record', /start/],
  ['every instance runs the release already', initialState('web'), observation({ release: release('1.0.1/1', 'ami-1') }), 'record', /runs version 1.0.1\/1 already/],

  // Preparing.
  ['a group that names its AMI through SSM', rolling({ stage: 'preparing' }, { ...committed, committed: [] }),
    withGroup({ templateVersion: '1' }, { targets: [target({ group: group({ templateVersion: '1' }), versions: [foreignVersion(1)] })] }), 'create-version', { ami: 'ami-1', source: '1' }],
  ['the numbered version is there', rolling({ stage: 'preparing' }, { ...committed, committed: [] }), withGroup({ templateVersion: '1' }), 'adopt', { version: '2', ami: 'ami-1' }],
  ['no version of the new pair', rolling({ stage: 'preparing' }), observation({ release: next }), 'create-version', { ami: 'ami-2', source: '1' }],
  ['all is prepared', rolling({ stage: 'preparing' }), observation({ release: next, targets: [canaryOut({}, { refreshes: [], group: group() })] }), 'record', /canary of group web/],
  ['the canary would be everything', rolling({ stage: 'preparing' }), observation({ release: next, targets: [canaryOut({}, { refreshes: [], group: group() })] }, { canaryInstances: 3 }), 'record', /waves of/],
  ['a superseded refresh', rolling({ stage: 'preparing' }), observation({ release: next, targets: [canaryOut({}, { refreshes: [{ id: 'r-0', status: 'InProgress', version: '3' }] })] }), 'cancel'],
  ['a superseded refresh in mid-replacement', rolling({ stage: 'preparing' }),
    observation({ release: next, targets: [canaryOut({ serving: false }, { refreshes: [{ id: 'r-0', status: 'InProgress', version: '3' }] })] }), 'wait', /do not serve yet/],
  ['a deploy began', rolling({ stage: 'preparing' }), observation({ release: next, stack: 'in-progress' }), 'wait', /stack is/],

  // Canary.
  ['nothing runs yet', rolling(), observation({ release: next, targets: [canaryOut({}, { refreshes: [], group: group() })] }), 'start-refresh', { kind: 'canary', version: '3' }],
  ['the refresh was started before a crash', rolling(), observation({ release: next, targets: [canaryOut({ lifecycle: 'Pending', serving: false })] }), 'wait', /coming into service/],
  ['a canary in service', rolling(), observation({ release: next, targets: [canaryOut()] }), 'record', /canary is in service/],
  ['a canary in service, to be stopped', rolling({ canaryStopped: true }), observation({ release: next, targets: [canaryOut()] }), 'cancel'],
  ['a scale-in would take the canary: its refresh ends what it replaces', rolling(), observation({ release: next, targets: [newestFirst()] }), 'wait', /coming into service/],
  ['a scale-in would take the canary, and what it replaces is gone', rolling(), observation({ release: next, targets: [newestFirst({ desired: 4 })] }), 'record', /canary is in service/],
  ['a healthy canary', stopped(), observation({ release: next, targets: [alone()] }), 'wait', /healthy and observed/],
  ['a canary that was observed long enough', stopped({ canaryHealthySince: NOW - 300_000 }), observation({ release: next, targets: [alone()] }), 'record', /passed/],
  ['the release cannot be read at the gate', stopped({ canaryHealthySince: NOW - 300_000 }), observation({ targets: [alone()] }), 'wait', /cannot be read/],
  ['a deploy at the gate', stopped({ canaryHealthySince: NOW - 300_000 }), observation({ release: next, targets: [alone()], stack: 'in-progress' }), 'wait', /stack is/],
  ['scaled out while the canary comes into service', rolling({ canaryGroupSize: 3 }), observation({ release: next, targets: [{ ...scaledOut(3), refreshes: canaryOut().refreshes }] }), 'record', /halt: group web was scaled out/],
  ['scaled out afterwards: the group launches what it has saved', stopped({ canaryGroupSize: 3 }), observation({ release: next, targets: [scaledOut(2)] }), 'wait', /healthy and observed/],
  ['the canary is gone', stopped(), observation({ release: next, targets: [gone()] }), 'record', /halt: the canary of group web is gone/],
  ['the canary is gone: its group had found it unhealthy', stopped({ inServiceSince: { 'i-4': NOW - 60_000 } }),
    observation({ release: next, targets: [gone({ failedChecks: ['i-4'] })] }), 'record', /halt: the group found 1 new instances unhealthy: i-4/],
  ['an old instance failed its check', stopped({ inServiceSince: { 'i-4': NOW - 60_000 } }), observation({ release: next, targets: [{ ...alone(), failedChecks: ['i-3'] }] }), 'wait', /healthy and observed/],
  ['a canary of two in a group that was scaled in to one', stopped(), observation({ release: next, targets: [alone({ desired: 1 })] }, { canaryInstances: 2 }), 'wait', /healthy and observed/],
  ['the refresh ended well and replaced nothing', rolling(), observation({ release: next, targets: [gone({ refreshes: [{ id: 'r-1', status: 'Successful', version: '3' }] })] }), 'record', /halt: the instance refresh of group web ended before its canary/],
  ['target health says no', rolling(), observation({ release: next, targets: [canaryOut({ serving: false, launchedAt: NOW - 300_000 })] }), 'wait'],
  ['a launch hook holds the canary: the time to become healthy has not begun', rolling({ unhealthySince: { 'i-4': NOW - 900_000 } }),
    observation({ release: next, targets: [canaryOut({ lifecycle: 'Pending:Wait', serving: false, launchedAt: NOW - 900_000 })] }), 'wait', /coming into service/],
  ['the group gives more grace than the time that the user left open', rolling({ unhealthySince: { 'i-4': NOW - 300_000 } }),
    observation({ release: next, targets: [inGrace(900)] }, { healthTimeoutFollowsGrace: true }), 'wait', /coming into service/],
  ['not healthy in time', rolling({ unhealthySince: { 'i-4': NOW - 300_000 } }), observation({ release: next, targets: [canaryOut({ serving: false })] }), 'record', /halt: .*within 300 seconds/],
  ['the grace of the group is about to end', rolling({ inServiceSince: { 'i-4': NOW - 100_000 } }), observation({ release: next, targets: [inGrace(120)] }), 'record', /halt: .*healthy 100 seconds after it came into service/],
  ['the grace of the group is not about to end', rolling({ inServiceSince: { 'i-4': NOW - 90_000 } }), observation({ release: next, targets: [inGrace(120)] }), 'wait', /coming into service/],
  ['a grace that leaves no time', rolling({ inServiceSince: { 'i-4': NOW - 100_000 } }), observation({ release: next, targets: [inGrace(50)] }), 'wait', /coming into service/],
  ['a group that does not ask its load balancer', rolling({ inServiceSince: { 'i-4': NOW - 290_000 } }), observation({ release: next, targets: [inGrace(undefined)] }), 'wait', /coming into service/],
  ['a lifecycle hook takes long: the grace has not begun', rolling(), observation({ release: next, targets: [inGrace(120, { lifecycle: 'Pending:Wait', launchedAt: NOW - 200_000 })] }), 'wait', /coming into service/],
  ['a grace longer than the health timeout', rolling({ unhealthySince: { 'i-4': NOW - 300_000 }, inServiceSince: { 'i-4': NOW - 270_000 } }),
    observation({ release: next, targets: [inGrace(900)] }), 'record', /halt: .*within 300 seconds/],
  ['EC2 ended the canary, its group has not noticed', rolling(), observation({ release: next, targets: [canaryOut({ ended: true, serving: false })] }), 'record', /halt: EC2 ended 1 .*i-4/],
  ['EC2 ended the canary, its group replaces it', rolling(),
    observation({ release: next, targets: [canaryOut({ ended: true, healthy: false, lifecycle: 'Terminating' }, { interrupted: ['i-4'] })] }), 'record', /halt: EC2 ended 1 .*i-4/],
  ['the group ends a canary that failed its check', rolling(), observation({ release: next, targets: [canaryOut({ ended: true, healthy: false, lifecycle: 'Terminating' })] }), 'record', /halt: .*unhealthy: i-4/],
  ['the group says no', rolling(), observation({ release: next, targets: [canaryOut({ healthy: false })] }), 'record', /halt: .*unhealthy: i-4/],
  ['an alarm turns red', rolling(), observation({ release: next, targets: [canaryOut()], alarms: [{ name: 'errors', red: true }] }), 'record', /halt: alarm errors is red/],
  ['an alarm turns red over a first release where instances serve', stopped({ bootstrapping: true }),
    observation({ release: next, targets: [alone()], alarms: [{ name: 'errors', red: true }] }), 'record', /halt: alarm errors is red/],
  ['an alarm turns red over a first release where nothing serves', rolling({ bootstrapping: true }),
    observation({ release: next, targets: [canaryOut({}, { group: group({ instances: [...dead().instances, sick] }) })], alarms: [{ name: 'errors', red: true }] }), 'wait', /coming into service/],
  ['an alarm was red at the start', stopped({ redAtStart: ['errors'] }), observation({ release: next, targets: [alone()], alarms: [{ name: 'errors', red: true }] }), 'wait'],
  ['the version is revoked', rolling(), observation({ release: release('1.0.2/1', 'ami-2', { revoked: ['1.0.2/1'] }), targets: [canaryOut()] }), 'record', /halt: .*revoked/],
  ['the channel goes back', rolling(), observation({ release: release('1.0.1/1', 'ami-1', { revision: 3 }), targets: [canaryOut()] }), 'record', /halt: the channel went back/],
  ['a newer release', rolling(), observation({ release: release('1.0.3/1', 'ami-3', { revision: 3 }), targets: [canaryOut()] }), 'record', /superseded by version 1.0.3/],
  ['launches fail', rolling(), observation({ release: next, targets: [canaryOut({}, { launchFailures: [1, 2].map(() => ({ at: NOW, message: 'bad snapshot', environment: false })) })] }), 'record', /halt: 2 launches/],
  ['no capacity', rolling(), observation({ release: next, targets: [canaryOut({ lifecycle: 'Pending', serving: false }, { launchFailures: [1, 2].map(() => ({ at: NOW, message: 'no capacity', environment: true })) })] }), 'wait'],
  ['an operator cancels', rolling(), observation({ release: next, targets: [canaryOut({}, { refreshes: [{ id: 'r-1', status: 'Cancelled', version: '3' }] })] }), 'record', /halt: somebody cancelled/],
  ['too late', rolling({ startedAt: NOW - 14_400_000 }), observation({ release: next, targets: [canaryOut()] }), 'record', /halt: not finished/],
  ['an instance runs something else', rolling(), observation({ release: next, targets: [canaryOut({ ami: 'ami-3' })] }), 'record', /halt: instance i-4 runs ami-3/],
  ['the group is scaled to zero', rolling(), observation({ release: next, targets: [canaryOut({}, { group: group({ desired: 0, instances: [] }) })] }), 'record', /halt: .*at zero/],
  ['the group is deleted', rolling(), observation({ release: next, targets: [{ ...canaryOut(), group: undefined }] }), 'record', /halt: group web was deleted/],

  // Waves.
  ['the canary stands at its checkpoint', rolling({ stage: 'waves', refreshesBefore: ['r-1'] }), observation({ release: next, targets: [canaryOut()] }), 'cancel'],
  ['the canary was stopped', waves, observation({ release: next, targets: [canaryOut({}, { refreshes: [{ id: 'r-1', status: 'Cancelled', version: '3' }] })] }), 'start-refresh', { kind: 'waves' }],
  ['waves', waves, done('InProgress'), 'wait', /waves/],
  ['EC2 ended one instance of many', waves, done('InProgress', { instances: [instance('i-4', 3, 'ami-2', { ended: true }), instance('i-5', 3, 'ami-2'), instance('i-6', 3, 'ami-2')] }), 'wait', /waves/],
  ['EC2 ends one after another', waves, done('InProgress', { instances: ['i-4', 'i-5', 'i-6'].map((id) => instance(id, 3, 'ami-2', { ended: id !== 'i-6' })) }), 'record', /halt: EC2 ended 2/],
  ['baking', waves, done('Baking'), 'wait', /baking/],
  ['AWS rolls back by itself', waves, done('RollbackInProgress'), 'record', /halt: .*RollbackInProgress/],
  ['all run the pair', waves, done('Successful'), 'record', /verified/],
  ['one runs something else', waves, done('Successful', { instances: [instance('i-4', 3, 'ami-2'), instance('i-1', 2, 'ami-1')] }), 'record', /some instances do not run/],
  ['it is not known what one runs', waves, done('Successful', { instances: [instance('i-4', 3, 'ami-2'), instance('i-5', 3, 'ami-2', { ami: undefined })] }), 'wait', /not known/],
  ['nothing runs it any more', waves, done('Successful', { instances: [], desired: 0 }), 'record', /halt: .*at zero/],
  ['it ended well and replaced nothing: all are protected', waves, observation({ release: next, targets: [untouched('r-2')] }, { protectedInstances: 'ignore' }), 'record', /halt: .*replaced nothing/],
  ['it ended well, and nothing of it is healthy just now', waves, done('Successful', { instances: ['i-4', 'i-5', 'i-6'].map((id) => instance(id, 3, 'ami-2', { serving: false })) }), 'wait', /no instance of the new pair is healthy/],

  // Committing.
  ['verified', rolling({ stage: 'committing' }), observation({ release: next }), 'write-parameter', { ami: 'ami-2' }],
  ['a superseded rollout left a version', rolling({ stage: 'committing', newestBefore: { 'lt-1': 2 } }),
    observation({ release: next, parameterValue: 'ami-2', targets: [target({ versions: [...target().versions, ownVersion(3, 'ami-9'), ownVersion(4, 'ami-2')] })] }), 'delete-versions', { versions: ['3'] }],
  ['the pointer was read back', rolling({ stage: 'committing' }), observation({ release: next, parameterValue: 'ami-2' }), 'record', /committed/],

  // Halting.
  ['halted in a refresh', halting, observation({ release: next, targets: [canaryOut({ serving: false })] }), 'roll-back'],
  ['halted, the group names something else', halting, observation({ release: next, targets: [canaryOut({}, { group: group({ templateVersion: '1' }) })] }), 'cancel'],
  ['going back', halting, observation({ release: next, targets: [canaryOut({}, { refreshes: [{ id: 'r-1', status: 'RollbackInProgress', version: '3' }] })] }), 'wait'],
  ['an instance still runs it', halting, observation({ release: next, targets: [canaryOut({}, { refreshes: [{ id: 'r-1', status: 'RollbackSuccessful', version: '3' }] })] }),
    'start-refresh', { kind: 'restore', version: '2' }],
  ['the refresh back replaced nothing: a stray that serves nobody', halting, observation({ release: next, targets: [back({ serving: false })] }), 'end-instance', { instance: 'i-4' }],
  ['the refresh back replaced nothing: the bounds leave room', halting, observation({ release: next, targets: [back({}, 4)] }, { minHealthyPercentage: 75 }), 'end-instance', { instance: 'i-4' }],
  ['the refresh back replaced nothing: the bounds leave no room', halting, observation({ release: next, targets: [back({}, 4)] }, { minHealthyPercentage: 100 }),
    'start-refresh', { kind: 'restore', plan: { skipMatching: false } }],
  ['the refresh back replaced nothing: more strays than a canary', halting, observation({ release: next, targets: [back({ serving: false }, 4, ['i-5'])] }),
    'start-refresh', { kind: 'restore', plan: { skipMatching: false } }],
  ['the bounds leave no room until a replacement serves', halting, observation({ release: next, targets: [back({}, 4, [], 'Pending')] }, { minHealthyPercentage: 75 }), 'wait', /replaces instances of the halted version/],
  ['a stray that is protected', halting, observation({ release: next, targets: [back({ protectedFromScaleIn: true, serving: false })] }, { protectedInstances: 'ignore' }), 'end-instance', { instance: 'i-4' }],
  ['a protected instance that the rollout left alone', halting, observation({ release: next, targets: [leftAlone()] }, { protectedInstances: 'ignore' }), 'record', /closed: rolled-back/],
  ['all are protected, and the group names the halted version', halting, observation({ release: next, targets: [untouched('r-1')] }, { protectedInstances: 'ignore' }), 'adopt', { version: '2', ami: 'ami-1' }],
  ['instances that were adopted would be replaced too: the stray is ended', halting, observation({ release: next, targets: [adoptedBefore()] }), 'end-instance', { instance: 'i-4' }],
  ['it is leaving', halting, observation({ release: next, targets: [canaryOut({ lifecycle: 'Terminating' }, { refreshes: [] })] }), 'wait', /are leaving/],
  ['only a retained instance runs it', halting, observation({ targets: [canaryOut({ lifecycle: 'Terminating:Retained' }, { refreshes: [] })] }), 'delete-versions', { versions: ['3'] }],
  ['a retained instance runs it, in a record that does not say which versions it made', { ...halting, rollout: { ...halting.rollout!, newestBefore: undefined } },
    observation({ targets: [canaryOut({ lifecycle: 'Terminating:Retained' }, { refreshes: [] })] }), 'record', /closed/],
  ['nothing runs it', halting, observation({ release: next, targets: [canaryOut({}, { refreshes: [], group: group() })] }), 'delete-versions', { versions: ['3'] }],
  ['the bad version is gone', halting, observation({ release: next }), 'record', /closed: rolled-back/],
  ['halted, nobody goes back: the last known good version stays', halting,
    observation({ release: next, targets: [target({ group: group({ templateVersion: '1', instances: [instance('i-1', 1, 'ami-1')] }) })] }, { autoRollback: false }), 'record', /closed: aborted/],
  ['halted while bootstrapping, nothing else serves', { ...halting, committed: [], rollout: { ...halting.rollout!, bootstrapping: true, namedBefore: { web: '2' } } },
    observation({ release: next, targets: [canaryOut({}, { refreshes: [], group: group({ instances: [...dead().instances, instance('i-4', 3, 'ami-2')] }) })] }), 'record', /closed: aborted/],
  ['halted while bootstrapping where instances serve', { ...halting, committed: [], rollout: { ...halting.rollout!, bootstrapping: true, namedBefore: { web: '2' } } },
    observation({ release: next, targets: [canaryOut({ serving: false })] }), 'roll-back'],
  ['halted while bootstrapping where instances serve: the canary goes', { ...halting, committed: [], rollout: { ...halting.rollout!, bootstrapping: true, namedBefore: { web: '2' } } },
    observation({ release: next, targets: [canaryOut({}, { refreshes: [] })] }), 'start-refresh', { kind: 'restore', version: '2' }],
  ['a deploy while going back', halting, observation({ release: next, stack: 'in-progress', targets: [canaryOut({}, { refreshes: [] })] }), 'wait', /stack is/],
];

const rows = table.map(([name, state, seen, type, detail]) => ({ name, state, seen, type, detail }));

describe('who is to blame', () => {
  const halted = (targets: FleetObservation['targets']): FleetState => decide(rolling(), observation({ release: next, targets })).state;

  test('a canary that EC2 ended blames nobody: the version is tried again later', () => {
    expect(halted([canaryOut({ ended: true })])).toMatchObject({ blocked: [], backoff: { attempts: 1 }, rollout: { stage: 'halting' } });
  });

  test.each([
    ['is gone', rolling({ canaryStopped: true }), canaryOut({}, { refreshes: [{ id: 'r-1', status: 'Cancelled', version: '3' }], group: group() })],
    ['came with a scale-out', rolling({ canaryGroupSize: 3 }), canaryOut({}, { group: group({ desired: 4, instances: ['i-4', 'i-5'].map((id) => instance(id, 3, 'ami-2')) }) })],
  ])('a canary that %s blames nobody: the version is tried again later', (_, state, seen) => {
    expect(decide(state, observation({ release: next, targets: [seen] })).state).toMatchObject({ blocked: [], backoff: { attempts: 1 }, rollout: { stage: 'halting' } });
  });

  test('a canary that failed a check blames the version', () => {
    expect(halted([canaryOut({ healthy: false })])).toMatchObject({ blocked: [{ version: '1.0.2/1' }] });
  });
});

describe('state × observation → decision', () => {
  test.each(rows)('$name', ({ state, seen, type, detail }) => {
    const { action } = decide(state, seen);
    expect(action).toMatchObject({ type });
    if (detail instanceof RegExp) expect((action as { reason: string }).reason).toMatch(detail);
    else if (detail) expect(action).toMatchObject(detail);
  });

  test.each(rows.filter(({ type }) => type === 'wait'))('$name: the next look at the same changes nothing', ({ state, seen }) => {
    const once = decide(state, seen);
    expect(decide(once.state, seen)).toEqual(once);
  });
});
