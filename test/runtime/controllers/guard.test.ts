import { fleetStatusName, ledgerKey } from '../../../src/contract';
import { refusal } from '../../../src/runtime/controllers/guard';
import { initialState, type FleetState } from '../../../src/runtime/domain/fleet';
import type { StackState } from '../../../src/runtime/ports';
import { NAMESPACE, STACK_ID } from '../support/intents';
import { MemoryLedger, MemoryLog, MemoryParameters } from '../support/memory-ports';

function setUp(state: StackState = 'in-progress') {
  const [ledger, parameters] = [new MemoryLedger({ now: () => 0 }), new MemoryParameters()];
  return { ports: { ledger, parameters, log: new MemoryLog(), stacks: { state: async () => state } }, ledger, parameters };
}

describe('guard', () => {
  const properties = { ServiceToken: '', Namespace: NAMESPACE, Fleet: 'blue', Hash: '' };
  const idle = initialState('blue');
  const active: FleetState = {
    ...idle,
    rollout: {
      kind: 'image',
      version: '1.0.1/2',
      ami: 'ami-2',
      configurations: {},
      stage: 'canary',
      startedAt: Date.UTC(2026, 0, 5),
      bootstrapping: false,
      redAtStart: [],
      targetIndex: 0,
      refreshesBefore: [],
      touched: 0,
      unhealthySince: {},
      failed: [],
    },
  };
  const STATUS = fleetStatusName(NAMESPACE, 'blue');

  test.each<[string, FleetState | undefined, StackState, string | undefined]>([
    ['a fleet that was never looked at', undefined, 'in-progress', undefined],
    ['no rollout', idle, 'in-progress', undefined],
    ['an active rollout', active, 'in-progress', 'a rollout of 1.0.1/2 in fleet blue is active since 2026-01-05T00:00:00.000Z (canary); deploy again once it has ended'],
    ['an active rollout, in a rollback', active, 'rolling-back', undefined],
  ])('%s', async (_, recorded, state, expected) => {
    const { ports, ledger, parameters } = setUp(state);
    if (recorded) await ledger.write(ledgerKey.fleet(NAMESPACE, 'blue'), recorded, 0);
    await parameters.put(STATUS, '{}');
    expect(await refusal(properties, [STACK_ID], ports)).toBe(expected);
  });

  test('what somebody wrote into the status neither shuts a deploy out nor lets one in; that an operator deleted it does', async () => {
    const { ports, ledger, parameters } = setUp();
    await parameters.put(STATUS, JSON.stringify({ schemaVersion: 99, fleet: 'blue', phase: 'canary', blocked: [], heartbeat: '', rollout: { version: '9.9.9/1', startedAt: '' } }));
    expect(await refusal(properties, [STACK_ID], ports)).toBeUndefined();
    await ledger.write(ledgerKey.fleet(NAMESPACE, 'blue'), active, 0);
    await parameters.put(STATUS, JSON.stringify({ schemaVersion: 1, fleet: 'blue', phase: 'idle', blocked: [], heartbeat: '' }));
    expect(await refusal(properties, [STACK_ID], ports)).toMatch(/^a rollout of 1.0.1\/2/);
    await parameters.remove(STATUS);
    expect(await refusal(properties, [STACK_ID], ports)).toBeUndefined();
  });

  test('an active rollout, where only the nested stack is rolled back yet', async () => {
    const { ports, ledger, parameters } = setUp();
    await ledger.write(ledgerKey.fleet(NAMESPACE, 'blue'), active, 0);
    await parameters.put(STATUS, '{}');
    const stacks = { state: async (id: string): Promise<StackState> => (id === 'nested' ? 'rolling-back' : 'in-progress') };
    expect(await refusal(properties, ['nested', STACK_ID], { ...ports, stacks })).toBeUndefined();
    expect(await refusal(properties, ['other', STACK_ID], { ...ports, stacks })).toMatch(/^a rollout of/);
  });
});
