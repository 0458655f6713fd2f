import { ledgerKey, type SeedParameter } from '../../../src/contract';
import { movePointer } from '../../../src/runtime/controllers/pointer';
import { declare, withdraw } from '../../../src/runtime/controllers/seed';
import type { SeedsRecord } from '../../../src/runtime/domain/seeds';
import { ConflictError, type SeedPorts, type StackState } from '../../../src/runtime/ports';
import { Crash, FaultPlan, Invocation } from '../support/faults';
import { NAMESPACE, pointer, REGION, STACK_ID } from '../support/intents';
import { MemoryLedger, MemoryLog } from '../support/memory-ports';
import { ValidatingParameters } from '../support/validating-parameters';

const PUBLIC = '/aws/service/ami';
const name = (index: number): string => pointer(`image${index}`, 'latest');
/** The first from a public parameter, each other one from the one before. */
const chain: SeedParameter[] = [0, 1, 2].map((index) =>
  ({ name: name(index), owner: `Shop/Image${index}`, source: { type: 'parameter', name: index === 0 ? PUBLIC : name(index - 1) } }));
const given = (...amis: string[]): SeedParameter[] => amis.map((imageId, index) => ({ name: name(index), owner: `Shop/Image${index}`, source: { type: 'ami', imageId } }));
const properties = (parameters: SeedParameter[]) => ({ ServiceToken: '', Namespace: NAMESPACE, Parameters: JSON.stringify(parameters) });

/** An account in which validations take their time, and invocations of the seed's function that meet planned faults. */
function setUp(state: StackState = 'in-progress') {
  const time = { now: Date.UTC(2026, 0, 5) };
  const clock = { now: () => time.now };
  const [ledger, parameters, log, faults] = [new MemoryLedger(clock), new ValidatingParameters(clock), new MemoryLog(), new FaultPlan()];
  parameters.values.set(PUBLIC, { value: 'ami-public', version: 1 });
  const gone = new Set<string>();
  const stack = { state };
  const invocation = (): SeedPorts => {
    const one = new Invocation(faults);
    return {
      candidates: { matching: async () => [] },
      clock,
      log,
      region: REGION,
      ledger: one.wrap(ledger),
      parameters: one.wrap(parameters),
      machineImages: one.wrap({ usable: async (amis: readonly string[]) => amis.filter((ami) => !gone.has(ami)) }),
      parentAmis: { ofImage: async () => undefined },
      references: { of: async () => [] },
      stacks: { state: async () => stack.state },
      wait: async (seconds) => { time.now += seconds * 1000; },
    };
  };
  const values = (): Array<string | undefined> => chain.map((each) => parameters.values.get(each.name)?.value);
  return { time, ledger, parameters, faults, gone, stack, invocation, values };
}

const SET = ['ami-public', 'ami-public', 'ami-public'];

test('all are asked for before any is there, also those that read another one', async () => {
  const { parameters, invocation, values } = setUp();
  parameters.seconds = () => 30;
  await declare(properties(chain), invocation());
  expect(parameters.asked).toEqual(chain.map((each) => `${each.name}=ami-public`));
  expect(values()).toEqual(SET);
});

test('what AWS would refuse is told by name within a minute or two, before anything is asked for', async () => {
  const { parameters, invocation, gone, time } = setUp();
  const start = time.now;
  gone.add('ami-gone');
  await expect(declare(properties(given('ami-a', 'ami-gone')), invocation()))
    .rejects.toThrow(`Shop/Image1: ${name(1)} cannot hold ami-gone: AWS has no available AMI of this id for this account in this region`);
  expect(parameters.asked).toEqual([]);
  expect(time.now - start).toBeLessThan(120_000);
});

test('an AMI that is visible a little later is waited for', async () => {
  const { parameters, invocation, gone, time } = setUp();
  gone.add('ami-new');
  const ports = invocation();
  const wait = async (seconds: number): Promise<void> => {
    time.now += seconds * 1000;
    if (time.now - Date.UTC(2026, 0, 5) >= 20_000) gone.clear();
  };
  await declare(properties(given('ami-new')), { ...ports, wait });
  expect(parameters.values.get(name(0))?.value).toBe('ami-new');
});

test('what AWS never validates is told by name, the others are there, and it was asked for again in between', async () => {
  const { parameters, invocation, gone, time } = setUp();
  const start = time.now;
  parameters.seconds = (ami) => (ami === 'ami-a' ? 0 : Infinity);
  const failed = declare(properties(given('ami-a', 'ami-slow', 'ami-withdrawn')), {
    ...invocation(),
    wait: async (seconds) => {
      time.now += seconds * 1000;
      gone.add('ami-withdrawn');
    },
  });
  await expect(failed).rejects.toThrow(
    `Shop/Image1: ${name(1)} cannot hold ami-slow: AWS has not validated it in 11 minutes; its events "Parameter Store Change" may say why; `
    + `Shop/Image2: ${name(2)} cannot hold ami-withdrawn: AWS has no available AMI`,
  );
  expect(parameters.values.get(name(0))?.value).toBe('ami-a');
  expect(parameters.asked.filter((each) => each.includes('ami-slow'))).toHaveLength(3);
  // The function has 15 minutes, of which two may have gone by until its role was known everywhere.
  expect(time.now - start).toBeLessThan(12 * 60_000);
});

test('a throttled call is made again, and nothing starts over', async () => {
  const calls = await callsOf();
  // The last one reads the ledger: by then all is there.
  for (let call = calls.beforeAsking + 1; call < calls.all; call += 1) {
    const { parameters, invocation, faults, values } = setUp();
    parameters.seconds = () => 8;
    faults.plan('throttle', call);
    await declare(properties(chain), invocation());
    expect([call, values()]).toEqual([call, SET]);
    expect([call, parameters.asked.length]).toEqual([call, 3]);
  }
});

describe.each(['crash-before', 'crash-after'] as const)('%s any call', (fault) => {
  test('the invocation that Lambda makes then goes on, and the stack takes away with it what it made', async () => {
    const { all } = await callsOf();
    for (let call = 1; call <= all; call += 1) {
      const { parameters, invocation, faults, values, ledger, stack, time } = setUp();
      parameters.seconds = () => 8;
      faults.plan(fault, call);
      await expect(declare(properties(chain), invocation())).rejects.toThrow(Crash);
      time.now += 60_000;
      await declare(properties(chain), invocation());
      expect([call, values()]).toEqual([call, SET]);
      expect(parameters.asked.length).toBeLessThanOrEqual(6);
      expect(Object.values(ledger.document<SeedsRecord>(ledgerKey.seeds)!.parameters).map(({ created }) => created)).toEqual([true, true, true]);
      stack.state = 'deleting';
      await withdraw(properties(chain), STACK_ID, invocation());
      expect(values()).toEqual([undefined, undefined, undefined]);
    }
  });
});

test('a request that is delivered twice leaves what one leaves', async () => {
  const { parameters, invocation, values, ledger } = setUp();
  parameters.seconds = () => 8;
  const once = async (): Promise<void> => {
    const ports = invocation();
    await declare(properties(chain), ports).catch(async (error: Error) => {
      if (!(error instanceof ConflictError)) throw error;
      await declare(properties(chain), ports);
    });
  };
  await Promise.all([once(), once()]);
  expect(values()).toEqual(SET);
  expect(chain.map((each) => parameters.values.get(each.name)?.version)).toEqual([1, 1, 1]);
  expect(Object.values(ledger.document<SeedsRecord>(ledgerKey.seeds)!.parameters).map(({ created }) => created)).toEqual([true, true, true]);
});

test('what a controller wrote meanwhile is not overwritten', async () => {
  const { parameters, invocation } = setUp();
  parameters.seconds = (ami) => (ami === 'ami-rotated' ? 0 : 8);
  const ports = invocation();
  const wait = async (seconds: number): Promise<void> => {
    if (!parameters.values.has(name(0))) await movePointer(name(0), 'ami-rotated', ports);
    await ports.wait(seconds);
  };
  await declare(properties(chain.slice(0, 1)), { ...ports, wait });
  await ports.wait(60);
  expect((await parameters.get(name(0)))?.value).toBe('ami-rotated');
});

test('a stack that is taken back while AWS validates leaves nothing behind', async () => {
  const { parameters, invocation, values, stack, time } = setUp();
  parameters.seconds = () => 8;
  const ports = invocation();
  const wait = async (seconds: number): Promise<void> => {
    if (stack.state === 'in-progress') {
      stack.state = 'rolling-back';
      expect(await withdraw(properties(chain), STACK_ID, invocation())).toEqual([]);
    }
    await ports.wait(seconds);
  };
  await declare(properties(chain), { ...ports, wait });
  time.now += 60_000;
  await parameters.get(name(0));
  expect(values()).toEqual([undefined, undefined, undefined]);
});

/** Port calls of an undisturbed invocation: all, and those before the first request. */
async function callsOf(): Promise<{ all: number; beforeAsking: number }> {
  const { parameters, invocation, faults } = setUp();
  parameters.seconds = () => 8;
  let [all, beforeAsking] = [0, 0];
  const next = faults.next.bind(faults);
  faults.next = async () => {
    all += 1;
    if (parameters.asked.length === 0) beforeAsking = all;
    return next();
  };
  await declare(properties(chain), invocation());
  return { all, beforeAsking: beforeAsking - 1 };
}
