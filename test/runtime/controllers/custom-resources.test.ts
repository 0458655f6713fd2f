import { ledgerKey, type AmiLookup, type SeedParameter } from '../../../src/contract';
import { keepPointer } from '../../../src/runtime/controllers/pointer';
import { record, withdraw as withdrawRegistry } from '../../../src/runtime/controllers/registry';
import { removeTombstones } from '../../../src/runtime/controllers/remove-seeds';
import { declare, withdraw } from '../../../src/runtime/controllers/seed';
import type { AmiCandidate } from '../../../src/runtime/domain/lookup';
import type { RegistryRecord } from '../../../src/runtime/domain/registry';
import type { SeedsRecord } from '../../../src/runtime/domain/seeds';
import type { Parameter, StackState } from '../../../src/runtime/ports';
import { fleet, image, NAMESPACE, pointer, REGION, registry, STACK_ID } from '../support/intents';
import { MemoryLedger, MemoryLog } from '../support/memory-ports';
import { ValidatingParameters } from '../support/validating-parameters';

const PUBLIC = '/aws/service/ami';
const LATEST = pointer('base', 'latest');
const blue = fleet('blue', ['base', 'latest']);

function setUp(state: StackState = 'in-progress') {
  const time = { now: Date.UTC(2026, 0, 5) };
  const clock = { now: () => time.now };
  const [ledger, parameters, log] = [new MemoryLedger(clock), new ValidatingParameters(clock), new MemoryLog()];
  const stack = { state };
  const readers = new Map<string, string[] | Error>();
  const references = {
    of: async (name: string): Promise<string[]> => {
      const found = readers.get(name) ?? [];
      if (found instanceof Error) throw found;
      return found;
    },
  };
  const parentAmis = { ofImage: async (arn: string) => arn.includes('x.x.x') ? 'ami-managed' : undefined };
  const found: AmiCandidate[] = [];
  const gone = new Set<string>();
  const machineImages = { usable: async (amis: readonly string[]) => amis.filter((ami) => !gone.has(ami)) };
  const wait = async (seconds: number): Promise<void> => { time.now += seconds * 1000; };
  const stacks = { state: async () => stack.state };
  const candidates = { matching: async (): Promise<AmiCandidate[]> => found };
  const ports = { candidates, clock, ledger, parameters, log, references, parentAmis, region: REGION, machineImages, wait, stacks };
  parameters.values.set(PUBLIC, { value: 'ami-public', version: 1 });
  const names = (): string[] => [...parameters.values.keys()].filter((name) => name !== PUBLIC).sort();
  return { ports, ledger, parameters, readers, stack, names, log, time, gone, found };
}

const seeds = (...parameters: SeedParameter[]) => ({ ServiceToken: '', Namespace: NAMESPACE, Parameters: JSON.stringify(parameters) });
const fromPublic = (name = LATEST): SeedParameter => ({ name, owner: 'Shop/Base', source: { type: 'parameter', name: PUBLIC } });

describe('seed', () => {
  test('creates what is absent, in order: a later one may read an earlier one', async () => {
    const { ports, parameters } = setUp();
    await declare(seeds(
      fromPublic(),
      { name: blue.parameterName, owner: 'Shop/Blue', source: { type: 'parameter', name: LATEST } },
      { name: pointer('other', 'latest'), owner: 'Shop/Other', source: { type: 'imagebuilder', arn: 'arn:…/x.x.x' } },
      { name: pointer('third', 'latest'), owner: 'Shop/Third', source: { type: 'ami', imageId: 'ami-given' } },
    ), ports);
    expect([LATEST, blue.parameterName, pointer('other', 'latest'), pointer('third', 'latest')].map((name) => parameters.values.get(name)?.value))
      .toEqual(['ami-public', 'ami-public', 'ami-managed', 'ami-given']);
  });

  const lookup: AmiLookup = { owner: '309956199498', names: ['RHEL-9*'], architecture: 'arm64', rootDeviceName: '/dev/sda1', newestBy: 'creation-date' };
  const LOOKUP = '/imagebuilder/golden-images/shop/parents/lookups/0123456789abcdef';
  const lookedUp: SeedParameter = { name: LOOKUP, owner: 'Shop/Base', source: { type: 'lookup', lookup } };

  test('takes the newest AMI of a lookup, which a channel reads in the same deploy', async () => {
    const { ports, parameters, found } = setUp();
    found.push({ id: 'ami-old', name: 'RHEL-9.7', createdAt: '2025-01-01T00:00:00.000Z' }, { id: 'ami-new', name: 'RHEL-9.6', createdAt: '2025-02-01T00:00:00.000Z' });
    await declare(seeds(lookedUp, { name: LATEST, owner: 'Shop/Base', source: { type: 'parameter', name: LOOKUP } }), ports);
    expect([LOOKUP, LATEST].map((name) => parameters.values.get(name)?.value)).toEqual(['ami-new', 'ami-new']);
  });

  test('refuses a lookup that finds nothing, and says what it looked for', async () => {
    const { ports } = setUp();
    await expect(declare(seeds(lookedUp), ports)).rejects.toThrow('Shop/Base: nothing to start from: an AMI of 309956199498 named RHEL-9* '
      + '(arm64, root device /dev/sda1, available, not deprecated) in this region does not exist; give an initialAmi');
  });

  test('never overwrites', async () => {
    const { ports, parameters } = setUp();
    await declare(seeds(fromPublic()), ports);
    parameters.values.set(LATEST, { value: 'ami-rotated', version: 7 });
    await declare(seeds(fromPublic()), ports);
    expect(parameters.values.get(LATEST)).toEqual({ value: 'ami-rotated', version: 7 });
  });

  const LEFT = { value: 'ami-0bad0bad', version: 3 };
  test.each<[string, string, Parameter, RegExp]>([
    ['a pointer', LATEST, LEFT, /^Shop\/Base: .*\/latest exists already, and is not from this stack: it holds 'ami-0bad0bad' \(data type aws:ec2:image\), expected ami-public \(data type aws:ec2:image\); delete it \(aws ssm delete-parameter --name .*\/latest\) and deploy again; if ami-0bad0bad is right, give it as initialAmi beforehand$/],
    ['a text with the right AMI', LATEST, { value: 'ami-public', version: 1, dataType: 'text' }, /it holds 'ami-public' \(data type text\)/],
    ['a release document', `${LATEST}/release`, { value: '{"revision":9007199254740991}', version: 1 }, /\/latest\/release exists already, and is not from this stack: it holds '\{"revision":9007199254740991\}', expected no such parameter yet; delete it/],
  ])('refuses what stood there before the ledger knew of it: %s', async (_, name, value, problem) => {
    const { ports, parameters, ledger } = setUp();
    parameters.values.set(name, value);
    await expect(declare(seeds(fromPublic()), ports)).rejects.toThrow(problem);
    expect([parameters.asked, ledger.document(ledgerKey.seeds)]).toEqual([[], undefined]);
    await parameters.remove(name);
    await declare(seeds(fromPublic()), ports);
    expect(parameters.values.get(LATEST)?.value).toBe('ami-public');
  });

  test('knows from then on what it takes because it is right: what is written into it later is put back', async () => {
    const { ports, parameters, ledger } = setUp();
    parameters.values.set(LATEST, { value: 'ami-public', version: 1, dataType: 'aws:ec2:image' });
    await declare(seeds(fromPublic()), ports);
    expect(ledger.document<SeedsRecord>(ledgerKey.seeds)!.parameters[LATEST]).toEqual({ owner: 'Shop/Base', created: false, ami: 'ami-public' });
    expect(parameters.asked).toEqual([]);
    parameters.values.set(LATEST, LEFT);
    await declare(seeds(fromPublic()), ports);
    await keepPointer(LATEST, ports);
    expect(parameters.values.get(LATEST)?.value).toBe('ami-public');
    expect(ledger.document<SeedsRecord>(ledgerKey.seeds)!.parameters[LATEST]).toMatchObject({ created: false, ami: 'ami-public' });
  });

  test('refuses the status of a fleet that there was before the fleet', async () => {
    const { ports, parameters } = setUp();
    await parameters.put(blue.statusName, '{}');
    const seeded: SeedParameter = { name: blue.parameterName, owner: 'Shop/Blue', source: { type: 'ami', imageId: 'ami-given' } };
    await expect(declare(seeds(seeded), ports)).rejects.toThrow(/Shop\/Blue: .*\/fleets\/blue\/status exists already/);
  });

  test('refuses what is planted between its look and its request', async () => {
    const { ports, parameters } = setUp();
    const create = async (name: string, ami: string): Promise<void> => {
      if (name === LATEST) parameters.values.set(LATEST, LEFT);
      await parameters.create(name, ami);
    };
    const faster = Object.assign(Object.create(parameters) as typeof parameters, { create });
    await expect(declare(seeds(fromPublic()), { ...ports, parameters: faster })).rejects.toThrow(/latest exists already, and is not from this stack: it holds 'ami-0bad0bad'/);
  });

  test('reads of its own channels what the ledger says, whatever they hold', async () => {
    const { ports, parameters } = setUp();
    await declare(seeds(fromPublic()), ports);
    parameters.values.set(LATEST, LEFT);
    await declare(seeds(fromPublic(), { name: blue.parameterName, owner: 'Shop/Blue', source: { type: 'parameter', name: LATEST } }), ports);
    expect(parameters.values.get(blue.parameterName)?.value).toBe('ami-public');
  });

  test('restores what the ledger knows better', async () => {
    const { ports, ledger, parameters } = setUp();
    await ledger.write(ledgerKey.image(NAMESPACE, 'base'), { channels: { latest: { document: { amis: { [REGION]: 'ami-released' } } } } }, 0);
    await ledger.write(ledgerKey.fleet(NAMESPACE, 'blue'), { committed: [{ ami: 'ami-good' }, { ami: 'ami-older' }] }, 0);
    await declare(seeds(fromPublic(), { name: blue.parameterName, owner: 'Shop/Blue', source: { type: 'parameter', name: LATEST } }), ports);
    expect(parameters.values.get(LATEST)?.value).toBe('ami-released');
    expect(parameters.values.get(blue.parameterName)?.value).toBe('ami-good');
  });

  test('says whose source does not exist, and what to do', async () => {
    const { ports } = setUp();
    const missing: SeedParameter = { name: LATEST, owner: 'Shop/Base', source: { type: 'parameter', name: '/gone' } };
    await expect(declare(seeds(missing), ports)).rejects.toThrow('Shop/Base: nothing to start from: the parameter /gone does not exist; give an initialAmi');
  });

  test.each<[StackState, boolean]>([['deleting', true], ['rolling-back', true], ['in-progress', false]])('deleted while the stack is %s: removed at once: %s', async (state, removed) => {
    const { ports, names, stack, parameters } = setUp();
    await declare(seeds(fromPublic()), ports);
    await parameters.put(`${LATEST}/release`, '{}');
    stack.state = state;
    expect(await withdraw(seeds(fromPublic()), STACK_ID, ports)).toEqual([]);
    expect(names()).toEqual(removed ? [] : [LATEST, `${LATEST}/release`]);
  });

  test('what we did not create stays when the stack goes', async () => {
    const { ports, parameters, names, stack } = setUp();
    parameters.values.set(LATEST, { value: 'ami-public', version: 1 });
    await declare(seeds(fromPublic()), ports);
    stack.state = 'deleting';
    expect(await withdraw(seeds(fromPublic()), STACK_ID, ports)).toEqual([]);
    expect(names()).toEqual([LATEST]);
  });

  test.each([['read by something', ['lt-1:2']], ['not known', new Error('AccessDenied')]])('what is %s stays, and is named', async (_, readers) => {
    const { ports, readers: all, names, stack } = setUp();
    await declare(seeds(fromPublic()), ports);
    all.set(LATEST, readers);
    stack.state = 'deleting';
    expect(await withdraw(seeds(fromPublic()), STACK_ID, ports)).toEqual([LATEST]);
    expect(names()).toEqual([LATEST]);
  });
});

test('a stack whose state cannot be told keeps its parameters, and they are named', async () => {
  const { ports, names } = setUp();
  await declare(seeds(fromPublic()), ports);
  const stacks = { state: async (): Promise<StackState> => { throw new Error('AccessDenied'); } };
  expect(await withdraw(seeds(fromPublic()), STACK_ID, { ...ports, stacks })).toEqual([LATEST]);
  expect(names()).toEqual([LATEST]);
});

describe('what a deploy no longer declares', () => {
  const elsewhere = registry([image('other', 1)]);

  test.each<[string, Partial<{ state: StackState; registry: typeof elsewhere; readers: string[] }>, boolean]>([
    ['is removed once the stack has settled', {}, true],
    ['stays while the stack is in progress', { state: 'in-progress' }, false],
    ['stays while the stack intends it', { registry: registry([image('base', 1)]) }, false],
    ['stays while something reads it', { readers: ['recipe'] }, false],
  ])('%s', async (_, given, removed) => {
    const { ports, readers, names, stack, ledger } = setUp();
    await declare(seeds(fromPublic()), ports);
    await declare(seeds(), ports);
    stack.state = given.state ?? 'settled';
    readers.set(LATEST, given.readers ?? []);
    await removeTombstones(given.registry ?? elsewhere, ports);
    expect(names()).toEqual(removed ? [] : [LATEST]);
    expect(Object.keys(ledger.document<SeedsRecord>(ledgerKey.seeds)!.parameters)).toEqual(removed ? [] : [LATEST]);
  });

  test('stays when a later deploy declares it again', async () => {
    const { ports, names, stack } = setUp();
    for (const declared of [[fromPublic()], [], [fromPublic()]]) await declare(seeds(...declared), ports);
    stack.state = 'settled';
    await removeTombstones(elsewhere, ports);
    expect(names()).toEqual([LATEST]);
  });
});

describe('registry', () => {
  const properties = (content: number) => ({ ServiceToken: '', Document: JSON.stringify(registry([image('base', content)])) });

  test('records the intent, keeps the former one, and has it looked at soon', async () => {
    const { ports, ledger, log } = setUp();
    const sent: unknown[] = [];
    const queue = { lookAgain: async (...args: unknown[]) => { sent.push(args); } };
    for (const content of [1, 2, 1]) await record(properties(content), { ...ports, queue });
    const stored = ledger.document<RegistryRecord>(ledgerKey.registry(NAMESPACE))!;
    expect(stored.document.images[0]?.contentHash).toBe('content-1');
    expect(stored.previous?.images[0]?.contentHash).toBe('content-2');
    expect(sent).toEqual([1, 2, 3].map(() => [{ kind: 'sweep' }, 60]));
    expect(log.events()).toEqual(['intent-recorded', 'intent-recorded', 'intent-restored']);
  });

  test('marks it withdrawn when it is deleted, and lives again with the next deploy', async () => {
    const { ports, ledger } = setUp();
    const queue = { lookAgain: async () => {} };
    await record(properties(1), { ...ports, queue });
    await withdrawRegistry({ ServiceToken: '', Document: 'no JSON' }, { ...ports, queue });
    expect(ledger.document<RegistryRecord>(ledgerKey.registry(NAMESPACE))?.withdrawn).toBeUndefined();
    await withdrawRegistry(properties(1), { ...ports, queue });
    expect(ledger.document<RegistryRecord>(ledgerKey.registry(NAMESPACE))?.withdrawn).toBe(true);
    await record(properties(1), { ...ports, queue });
    expect(ledger.document<RegistryRecord>(ledgerKey.registry(NAMESPACE))?.withdrawn).toBeUndefined();
  });
});
