import { committed, foreignVersion, group, instance, MALLORY, NOW, observation, ownVersion, recognized, release, rolling, strangersVersion, target } from './table';
import {
  decideFleet, initialState, needsOperator, noteVersion, recognize, type FleetObservation, type FleetState, type Group,
  type TargetObservation, type TemplateRecord,
} from '../../../src/runtime/domain/fleet';

const seen = (change: Partial<TargetObservation> = {}, more: Partial<FleetObservation> = {}): FleetObservation =>
  observation({ release: release('1.0.1/1', 'ami-1'), targets: [target(change)], ...more });

const origins = (state: FleetState, look: FleetObservation): Record<string, string> =>
  Object.fromEntries(recognized(state, look).observation.targets[0]!.versions.map(({ number, origin }) => [number, origin!]));

const strangers = (state: FleetState, look: FleetObservation): Record<string, string> => Object.fromEntries(
  recognized(state, look).observation.targets[0]!.group!.instances.flatMap(({ id, foreign }) => (foreign ? [[id, foreign]] : [])));

/** With these instances beside those at rest. */
const beside = (...more: Group['instances']): Partial<TargetObservation> => ({ group: group({ desired: 3 + more.length, instances: [...group().instances, ...more] }) });

const during = (...statuses: readonly string[]): FleetObservation['stackEvents'] =>
  [{ status: 'CREATE_COMPLETE', at: NOW - 900_000 }, ...statuses.map((status, index) => ({ status, at: NOW - 60_000 + index * 12_000 }))];

const made = { ...strangersVersion(3), createdAt: NOW - 50_000 };

describe('a version', () => {
  test.each([
    ['that the fleet made', [...target().versions], undefined, { 1: 'recorded', 2: 'own' }],
    ['that somebody made while no deploy was under way', [...target().versions, made], during(), { 3: 'foreign' }],
    ['that somebody made in a deploy that ended well', [...target().versions, made], during('UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'), { 3: 'foreign' }],
    ['that a deploy made which was rolled back', [...target().versions, made],
      during('UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'), { 3: 'left-over' }],
    ['that was made in a deploy that lasts', [...target().versions, made], during('UPDATE_IN_PROGRESS'), { 3: 'pending' }],
    ['of which nobody knows in which deploy it was made', [...target().versions, made], [], { 3: 'foreign' }],
    ['with the content of one that is recorded', [...target().versions, strangersVersion(3, 'c0', 'ami-1')], during(), { 3: 'recorded' }],
    ['with our mark and our image', [...target().versions, strangersVersion(3, 'c9', 'ami-1', ownVersion(3, '').description)], during(), { 3: 'foreign' }],
  ] as const)('%s', (_, versions, stackEvents, expected) => {
    expect(origins(committed, seen({ versions }, stackEvents ? { stackEvents } : {}))).toMatchObject(expected);
  });

  test('that another fleet of the stack made of the same launch template is recorded', () => {
    const versions = [...target().versions, strangersVersion(3)];
    expect(origins(committed, seen({ versions, ofOtherFleets: [strangersVersion(3).contentHash] }, { stackEvents: during()! }))).toMatchObject({ 3: 'recorded' });
  });

  test('that a deploy declared has its number and its content, or it is not declared', () => {
    const look = seen({ versions: [...target().versions, strangersVersion(3)], declarations: [{ number: '3', contentHash: 'another', stackId: '', operation: '2026-01-05T11:00:00Z', declaredAt: '' }] });
    const state: FleetState = { ...committed, templates: { 'lt-1': { takenOver: 1, own: { 2: 'ami-1 c0' } } } };
    const known = recognize(state, look);
    expect(known.observation.targets[0]!.versions[2]).toMatchObject({ origin: 'foreign' });
    expect(decideFleet(known.state, known.observation).action).toMatchObject({ type: 'wait', reason: expect.stringContaining('up to date') });
  });

  test('that was declared is kept in the record, when the document names newer ones only', () => {
    const { state } = recognized(committed, seen({ versions: [...target().versions, { ...foreignVersion(3, 'c1'), createdAt: NOW - 50_000 }] }, { stackEvents: during('UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE') }));
    const look = seen({ versions: [...target().versions, foreignVersion(3, 'c1')], declarations: [] });
    expect(recognize(state, look).observation.targets[0]!.versions[2]).toMatchObject({ origin: 'recorded' });
  });

  test('of somebody is said with its number and its maker, until it is gone', () => {
    const look = seen({ versions: [...target().versions, strangersVersion(3)] }, { stackEvents: during() });
    const { state, observation: known } = recognized(committed, look);
    const reason = `version 3 of launch template lt-1, made by ${MALLORY}, was recorded by no deploy; it is not rolled`;
    expect(needsOperator(state, known)).toEqual([{ kind: 'foreign', reason }]);
    expect(needsOperator(state, recognized(state, seen()).observation)).toEqual([]);
  });

  test('of somebody is nothing that a fleet which was never committed starts from, though its group names it', () => {
    const look = seen({ versions: [foreignVersion(1), strangersVersion(2)], group: group({ templateVersion: '2' }) }, { release: release('1.0.2/1', 'ami-2'), stackEvents: during() });
    const started = recognized(initialState('web'), look);
    const { state } = decideFleet(started.state, started.observation);
    expect(state.rollout).toMatchObject({ ami: 'ami-2', configurations: { web: 'c0' } });
    const next = recognized(state, look);
    expect(decideFleet(next.state, next.observation).action).toMatchObject({ type: 'create-version', source: '1', ami: 'ami-1' });
  });
});

describe('the record of a template', () => {
  const template = (state: FleetState, look: FleetObservation): TemplateRecord => recognize(state, look).state.templates!['lt-1']!;

  test('notes a version from the answer to the call that made it, and forgets it when it is deleted', () => {
    const state = noteVersion({ ...committed, templates: { 'lt-1': { takenOver: 1, own: { 2: 'ami-1 c0' } } } }, 'lt-1', ownVersion(3, 'ami-2'));
    expect(state.templates).toEqual({ 'lt-1': { takenOver: 1, own: { 2: 'ami-1 c0', 3: 'ami-2 c0' } } });
    // A list that lags does not show it yet; then it does; then it is gone, and a newer one is there.
    expect(template(state, seen()).own).toEqual({ 2: 'ami-1 c0', 3: 'ami-2 c0' });
    expect(template(state, seen({ versions: [...target().versions, foreignVersion(4)] })).own).toEqual({ 2: 'ami-1 c0' });
  });

  test('stays small: older versions are kept by their number alone, and are no strangers for that', () => {
    const versions = Array.from({ length: 9000 }, (_, index) => ownVersion(index + 1, `ami-${index}`));
    const state: FleetState = { ...committed, templates: { 'lt-1': { takenOver: 0, own: Object.fromEntries(versions.map(({ number, contentHash }) => [number, contentHash.padEnd(64)])) } } };
    const look = seen({ versions: versions.map((each) => ({ ...each, contentHash: each.contentHash.padEnd(64) })) });
    const known = recognize(state, look);
    expect(JSON.stringify(known.state).length).toBeLessThan(200_000);
    const after = recognize(known.state, look).observation.targets[0]!.versions.map(({ origin }) => origin);
    expect([after.filter((each) => each === 'own').length, after.filter((each) => each === 'recorded').length]).toEqual([1000, 8000]);
  });

  test.each([
    ['that deploys declare', false],
    ['that trust every version', true],
  ])('stays small though somebody made 9,900 versions of each of two templates (%s), and an operator reads one line of each', (_, anyVersion) => {
    const many = (templateId: string): TargetObservation => target({
      groupName: templateId,
      group: group({ templateId }),
      ...(anyVersion ? { anyVersion } : {}),
      declarations: Array.from({ length: 20 }, (__, index) => ({ number: '1', contentHash: 'declared', stackId: '', operation: new Date(NOW - 900_000 - index).toISOString(), declaredAt: '' })),
      versions: [foreignVersion(1), ...Array.from({ length: 9900 }, (__, index) => (
        { ...strangersVersion(index + 2, `c${index}`), createdAt: NOW - 500_000, createdBy: `${MALLORY}${index % 5}` }))],
    });
    const templates = { 'lt-0123456789abcdef0': { takenOver: 1, own: {} }, 'lt-0123456789abcdef1': { takenOver: 1, own: {} } };
    const ids = Object.keys(templates);
    const state: FleetState = { ...committed, committed: [{ ...committed.committed[0]!, configurations: Object.fromEntries(ids.map((id) => [id, 'c0-old'])) }], templates };
    const known = recognize(state, observation({ targets: ids.map(many), stackEvents: during() }));
    expect(JSON.stringify(known.state).length).toBeLessThan(100_000);
    expect(Object.keys(known.state.deploys!).length).toBeGreaterThan(0);
    const said = needsOperator(known.state, known.observation).filter(({ reason }) => reason.includes('recorded by no deploy')).map(({ reason }) => reason);
    expect(said).toEqual(anyVersion ? [] : ids.map((id) => `9900 versions of launch template ${id}, from 2 to 9901, made by ${MALLORY}0, ${MALLORY}1, ${MALLORY}2 and 2 others, were recorded by no deploy; they are not rolled`));
  });

  test('of a group that is made elsewhere begins with what is there; of one that deploys declare, with what they declared', () => {
    const declarations = [{ number: '1', contentHash: foreignVersion(1).contentHash, stackId: '', operation: new Date(NOW - 950_000).toISOString(), declaredAt: '' }];
    expect(template(initialState('web'), seen())).toEqual({ takenOver: 2, own: {} });
    expect(template(initialState('web'), seen({ declarations }, { stackEvents: [{ status: 'CREATE_IN_PROGRESS', at: NOW - 950_000 }, ...during()!] })))
      .toEqual({ takenOver: 0, own: {}, declared: { 1: foreignVersion(1).contentHash }, overrides: '' });
  });

  test('of a new template is not begun while its stack is being deployed', () => {
    expect(recognize(initialState('web'), seen({}, { stack: 'in-progress' })).state.templates).toEqual({});
  });
});

describe('the AMI that the parameter was made with', () => {
  const noted = (state: FleetState, more: Partial<FleetObservation>): string | undefined => recognize(state, seen({}, more)).state.initialAmi;

  test('is what the seed noted, and else nothing: anybody may have written the parameter', () => {
    expect(noted(initialState('web'), { parameterValue: 'ami-9', initialAmi: 'ami-1' })).toBe('ami-1');
    expect(noted(initialState('web'), { parameterValue: 'ami-9' })).toBeUndefined();
  });

  test('was never noted for a record of a former controller: there the first look notes what it holds, and once', () => {
    const { templates: _, ...former } = committed;
    const { state } = recognize(former, seen({}, { parameterValue: 'ami-1' }));
    expect(state.initialAmi).toBe('ami-1');
    expect(noted(state, { parameterValue: 'ami-9' })).toBe('ami-1');
  });
});

describe('an instance', () => {
  test.each([
    ['of an AMI that the ledger does not have', instance('i-9', 2, 'ami-9'), 'runs ami-9'],
    ['of a version that nobody recorded', instance('i-9', 3, 'ami-1'), 'was launched from version 3, which no deploy recorded that ended well'],
    ['of a version that is gone, and was never recorded', instance('i-9', 2, 'ami-1', { templateVersion: '0' }), undefined],
    ['that somebody attached', instance('i-9', 2, 'ami-1', { templateVersion: undefined }), 'was launched from no launch template'],
    ['of a launch template that the fleet never had', instance('i-9', 2, 'ami-1', { templateVersion: undefined, launchedFrom: 'lt-9#1' }), 'was launched from version 1 of lt-9, which was never recorded'],
    ['of which it is not known yet what it runs', instance('i-9', 3, '', { ami: undefined }), undefined],
    ['that leaves', instance('i-9', 2, 'ami-9', { lifecycle: 'Terminating:Wait' }), undefined],
    ['of the AMI that the parameter was made with', instance('i-9', 1, 'ami-1'), undefined],
  ])('%s', (_, each, reason) => {
    const look = seen({ ...beside(each), versions: [...target().versions, strangersVersion(3)] }, { stackEvents: during() });
    expect(strangers(committed, look)).toEqual(reason ? { 'i-9': reason } : {});
  });

  test('of a version whose deploy is under way is not judged', () => {
    expect(strangers(committed, seen(beside(instance('i-9', 2, 'ami-9')), { stack: 'in-progress' }))).toEqual({});
  });

  test('of the rollout in hand, or of a former committed version, is known', () => {
    const look = seen(beside(instance('i-9', 2, 'ami-2'), instance('i-8', 2, 'ami-3')));
    expect(strangers(rolling({}, { ...committed, committed: [...committed.committed, { ...committed.committed[0]!, ami: 'ami-3' }] }), look)).toEqual({});
  });

  test('that is foreign is said, and never counts as healthy: nothing is committed on it', () => {
    const bootstrapping = recognized(initialState('web'), seen({ ...beside(instance('i-9', 2, 'ami-1', { templateVersion: undefined })) }));
    const reason = 'instance i-9 of group web was launched from no launch template, which the ledger does not have';
    expect(needsOperator(bootstrapping.state, bootstrapping.observation)).toEqual([{ kind: 'foreign', reason }]);
    expect(decideFleet(bootstrapping.state, bootstrapping.observation).state.committed).toEqual([]);
  });
});

describe('a record of a former controller', () => {
  const { templates: _, ...former } = committed;
  const odd = beside(instance('i-9', 2, 'ami-8'), instance('i-8', 3, 'ami-1'), instance('i-7', 2, 'ami-1', { templateVersion: undefined }));
  const look = seen({ ...odd, versions: [...target().versions, strangersVersion(3)] });

  test('is read: what is there is taken over, own versions by their mark, and nothing is said', () => {
    const { state, observation: known } = recognize(former, look);
    expect(state).toMatchObject({ templates: { 'lt-1': { takenOver: 3, own: { 2: 'ami-1 c0' } } }, takenOver: ['i-9', 'i-7'], initialAmi: 'ami-1' });
    expect(needsOperator(state, known)).toEqual([]);
    expect(decideFleet(state, known).action.type).toBe('wait');
    expect(recognize(state, look).state).toEqual(state);
  });

  test('is taken over while the deploy lasts that brings the new controller', () => {
    const { state } = recognize(former, { ...look, stack: 'in-progress' });
    const later = recognize(state, look);
    expect(needsOperator(later.state, later.observation)).toEqual([]);
  });

  test('what comes after that is foreign', () => {
    const { state } = recognize(former, look);
    const later = recognize(state, { ...look, stackEvents: during()!, targets: [target({ ...odd, versions: [...target().versions, strangersVersion(3), strangersVersion(4, 'c8')] })] });
    expect(later.observation.targets[0]!.versions.map(({ origin }) => origin)).toEqual(['recorded', 'own', 'recorded', 'foreign']);
  });

  test('of a canary goes on with the version that it made', () => {
    const { templates: __, ...canary } = rolling();
    const versions = [...target().versions, ownVersion(3, 'ami-2')];
    const { state, observation: known } = recognize(canary, seen({ ...beside(instance('i-4', 3, 'ami-2')), versions, refreshes: [{ id: 'r-1', status: 'InProgress', version: '3' }] }, { release: release('1.0.2/1', 'ami-2') }));
    expect(decideFleet(state, known).action).toMatchObject({ type: 'record', reason: 'the canary is in service' });
  });
});

describe('a group that names another launch template than its target declares', () => {
  const declared: FleetState = { ...committed, templates: { 'lt-1': { takenOver: 0, own: { 2: 'ami-1 c0' }, declared: { 1: foreignVersion(1).contentHash } } }, initialAmi: 'ami-1' };
  const evil = { versions: [strangersVersion(1), strangersVersion(2, 'c0', 'ami-1')], declaredTemplateId: 'lt-1' };
  const instances = [
    instance('i-1', 2, 'ami-1', { templateVersion: undefined, launchedFrom: 'lt-1#2' }),
    instance('i-8', 1, 'ami-9', { launchedFrom: 'lt-evil#1' }), instance('i-9', 2, 'ami-1', { launchedFrom: 'lt-evil#2' }),
  ];
  const pointed = group({ templateId: 'lt-evil', templateVersion: '1', instances });
  const look = (change: Partial<TargetObservation> = {}, more: Partial<FleetObservation> = {}): FleetObservation =>
    seen({ ...evil, group: pointed, ...change }, { release: release('1.0.2/1', 'ami-2'), ...more });

  test.each<[string, Partial<TargetObservation>]>([
    ['of which no deploy declares anything', {}],
    ['of a target that trusts every version', { anyVersion: true }],
    ['of another fleet', { ofOtherFleets: [strangersVersion(1).contentHash], declarations: [{ number: '1', contentHash: strangersVersion(1).contentHash, stackId: '', operation: '2026-01-05T11:00:00Z', declaredAt: '' }] }],
    ['that is gone meanwhile', { versions: [] }],
  ])('%s: it is not taken over, nothing starts, and it is said', (_, change) => {
    const { state, observation: known } = recognize(declared, look(change));
    expect(state).toEqual(declared);
    const found = known.targets[0]!;
    expect(found.versions.map(({ origin }) => origin)).toEqual(found.versions.map(() => 'foreign'));
    expect(found.group!.instances.flatMap(({ id, foreign }) => (foreign ? [id] : []))).toEqual(['i-8', 'i-9']);
    expect(needsOperator(state, known)).toContainEqual(
      { kind: 'unsupported', reason: 'group web cannot be rolled: it names launch template lt-evil; the deploy declares lt-1' });
    const decision = decideFleet(state, known);
    expect(decision.action).toMatchObject({ type: 'wait', reason: expect.stringContaining('it names launch template lt-evil') });
    expect(decision.state.rollout).toBeUndefined();
  });

  test('the fleet goes on with what it knew once the group names its own again', () => {
    const { state } = recognize(declared, look());
    const back = recognize(state, seen({ declaredTemplateId: 'lt-1', group: group({ instances: [...group().instances, instance('i-9', 2, 'ami-1', { templateVersion: undefined, launchedFrom: 'lt-evil#2' })] }) }));
    expect(back.observation.targets[0]!.versions.map(({ origin }) => origin)).toEqual(['recorded', 'own']);
    expect(needsOperator(back.state, back.observation)).toEqual([{ kind: 'foreign', reason: 'instance i-9 of group web was launched from version 2 of lt-evil, which was never recorded, which the ledger does not have' }]);
  });

  test.each([
    ['before the record of the stack is written', 'lt-1'],
    ['after it is written', 'lt-new'],
  ])('in a deploy that replaces the template, nothing is said %s; afterwards the new one is known', (_, declaredTemplateId) => {
    const began = NOW - 60_000;
    const versions = [foreignVersion(1, 'c1')];
    const change = { declaredTemplateId, versions, group: group({ templateId: 'lt-new', templateVersion: '1', desired: 1, instances: [instances[0]!] }) };
    const declarations = [{ number: '1', contentHash: versions[0]!.contentHash, stackId: '', operation: new Date(began).toISOString(), declaredAt: '' }];
    const lasting = recognize(declared, seen({ ...change, declarations }, { stack: 'in-progress', stackEvents: during('UPDATE_IN_PROGRESS') }));
    expect(needsOperator(lasting.state, lasting.observation)).toEqual([]);
    expect(lasting.observation.targets[0]!.versions).toMatchObject([{ origin: 'pending' }]);
    const after = recognize(lasting.state, seen({ ...change, declarations, declaredTemplateId: 'lt-new' }, { stackEvents: during('UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE') }));
    expect(needsOperator(after.state, after.observation)).toEqual([]);
    expect(decideFleet(after.state, after.observation)).toMatchObject({ state: { rollout: { kind: 'configuration' } } });
  });

  test('a template of a group that is made elsewhere is taken over where the deploy declares just that one', () => {
    const versions = [foreignVersion(1, 'c0', 'ami-1')];
    const found = (declaredTemplateId: string): FleetState => recognize(initialState('web'), seen({ versions, declaredTemplateId, group: group({ templateVersion: '1' }) })).state;
    expect(found('lt-1').templates).toEqual({ 'lt-1': { takenOver: 1, own: {} } });
    expect(found('lt-2').templates).toEqual({});
  });
});

describe('overrides of a mixed instances policy', () => {
  const declarations = [{ number: '1', contentHash: foreignVersion(1).contentHash, stackId: '', operation: new Date(NOW - 950_000).toISOString(), declaredAt: '', overridesHash: 'declared' }];
  const stackEvents: FleetObservation['stackEvents'] = [{ status: 'CREATE_IN_PROGRESS', at: NOW - 950_000 }, ...during()!];
  const state: FleetState = { ...committed, templates: { 'lt-1': { takenOver: 0, own: { 2: 'ami-1 c0' } } } };
  const decided = (overridesHash: string | undefined) => {
    const known = recognize(state, seen({ declarations, group: group({ overridesHash }) }, { stackEvents, release: release('1.0.2/1', 'ami-2') }));
    const { reason } = decideFleet(known.state, known.observation).action as { reason: string };
    return { reason, needs: needsOperator(known.state, known.observation).map(({ kind }) => kind) };
  };

  test('that a deploy recorded are rolled; others are said, and carried into no refresh', () => {
    expect(decided('declared')).toMatchObject({ reason: expect.stringContaining('start'), needs: [] });
    expect(decided('other')).toMatchObject({ reason: expect.stringContaining('overrides that no deploy recorded'), needs: ['unsupported'] });
    expect(decided(undefined)).toMatchObject({ needs: ['unsupported'] });
  });
});
