import { ledgerKey, SCHEMA_VERSION, type ControllerMessage } from '../../../src/contract';
import { Engine, type Controllers } from '../../../src/runtime/controllers/engine';
import { ConflictError, RefusedError, SchemaVersionError, TransientError, type Look } from '../../../src/runtime/ports';
import { fleet, image, NAMESPACE, registry } from '../support/intents';
import { MemoryLedger, MemoryLog, MemoryParameters } from '../support/memory-ports';

const intent = registry([image('base', 1), image('web', 1, { parent: ['base', 'latest'] })], [fleet('blue', ['web', 'latest'])]);
const BASE: ControllerMessage = { kind: 'image', name: 'base' };

async function engineWith(look: () => Promise<Look>, document: unknown = { schemaVersion: SCHEMA_VERSION, document: intent }) {
  let now = Date.UTC(2026, 0, 5);
  const clock = { now: () => now };
  const ledger = new MemoryLedger(clock);
  if (document) await ledger.write(ledgerKey.registry(NAMESPACE), document, 0);
  const sent: Array<[ControllerMessage, number]> = [];
  const swept: Array<[ControllerMessage, number]> = [];
  const looks: string[] = [];
  const cleaned: string[] = [];
  const seen = (kind: string) => async ({ name }: { name: string }): Promise<Look> => {
    looks.push(`${kind} ${name}`);
    return look();
  };
  const controllers: Controllers = { image: seen('image'), fleet: seen('fleet'), cleanUp: async ({ namespace }) => { cleaned.push(namespace); } };
  const [parameters, log] = [new MemoryParameters(), new MemoryLog()];
  const ports = {
    clock,
    ledger,
    parameters,
    log,
    looks: ledger,
    stacks: { state: async () => 'settled' as const },
    queue: { lookAgain: async (message: ControllerMessage, seconds: number) => { sent.push([message, seconds]); } },
    sweeps: { lookAgain: async (message: ControllerMessage, seconds: number) => { swept.push([message, seconds]); } },
  };
  const engine = new Engine({ namespace: NAMESPACE, pauseParameter: '/pause' }, controllers, ports);
  const handle = (message: unknown): Promise<void> => engine.handle(typeof message === 'string' ? message : JSON.stringify(message));
  return { handle, ledger, parameters, log, sent, swept, looks, cleaned, pass: (seconds: number) => { now += seconds * 1000; } };
}

const nothing = async (): Promise<Look> => ({});
const failing = (error: Error) => async (): Promise<Look> => { throw error; };

test('a message makes its controller look, under a lease that is given back', async () => {
  const { handle, looks, ledger } = await engineWith(nothing);
  await handle(BASE);
  await handle({ kind: 'fleet', name: 'blue' });
  expect(looks).toEqual(['image base', 'fleet blue']);
  expect(await ledger.acquire(ledgerKey.image(NAMESPACE, 'base'), 1)).toBeDefined();
});

test('while somebody else holds the lease, the message is asked for again', async () => {
  const { handle, looks, ledger, sent } = await engineWith(nothing);
  await ledger.acquire(ledgerKey.image(NAMESPACE, 'base'), 180);
  await handle(BASE);
  expect(looks).toEqual([]);
  expect(sent).toEqual([[BASE, 10]]);
});

test('the lease outlives any invocation, and ends with it at the latest', async () => {
  const { handle, ledger, pass } = await engineWith(async () => {
    pass(70);
    expect(await ledger.acquire(ledgerKey.image(NAMESPACE, 'base'), 1)).toBeUndefined();
    pass(10);
    expect(await ledger.acquire(ledgerKey.image(NAMESPACE, 'base'), 1)).toBeDefined();
    return {};
  });
  await handle(BASE);
  expect.assertions(2);
});

test('what is unfinished is looked at again, but never later than a message may be', async () => {
  const { handle, sent } = await engineWith(async () => ({ lookAgainSeconds: 5000 }));
  await handle(BASE);
  expect(sent).toEqual([[BASE, 900]]);
});

test('a look that is already on its way is not asked for twice; an earlier one is', async () => {
  let seconds = 300;
  const { handle, sent, pass } = await engineWith(async () => ({ lookAgainSeconds: seconds }));
  await handle(BASE);
  await handle(BASE);
  expect(sent).toHaveLength(1);
  seconds = 60;
  await handle(BASE);
  expect(sent).toEqual([[BASE, 300], [BASE, 60]]);
  pass(60);
  await handle(BASE);
  expect(sent).toHaveLength(3);
});

test.each([
  ['a throttle', new TransientError('slow down', 42), 42],
  ['a conflict', new ConflictError('key', 1), 5],
  ['a document of a newer version', new SchemaVersionError('key', SCHEMA_VERSION + 1, SCHEMA_VERSION), 300],
])('%s is no failure', async (_, error, seconds) => {
  const { handle, sent } = await engineWith(failing(error));
  await handle(BASE);
  expect(sent).toEqual([[BASE, seconds]]);
});

test.each([
  ['what AWS refuses', new RefusedError('list builds: AccessDenied')],
  ['a document of a newer version', new SchemaVersionError('key', SCHEMA_VERSION + 1, SCHEMA_VERSION)],
])('%s is told, as long as it lasts, and no failure', async (_, error) => {
  const { handle, sent, log, ledger, pass } = await engineWith(failing(error));
  await handle(BASE);
  pass(300);
  await handle(BASE);
  expect(sent).toEqual([[BASE, 300], [BASE, 300]]);
  expect(log.lines).toEqual([1, 2].map(() => ({ level: 'alert', event: 'look-refused', fields: { message: BASE, seconds: 300, reason: error.message } })));
  expect(await ledger.acquire(ledgerKey.image(NAMESPACE, 'base'), 1)).toBeDefined();
});

test('what is passing is not told', async () => {
  const { handle, log } = await engineWith(failing(new TransientError('slow down')));
  await handle(BASE);
  expect(log.lines.map(({ level, event }) => [level, event])).toEqual([['warn', 'look-again-later']]);
});

describe('where nothing can be read at all', () => {
  const refused = async (): Promise<never> => { throw new RefusedError('read the ledger: ResourceNotFoundException: no such table'); };
  const event = { 'source': 'aws.autoscaling', 'detail-type': 'x', 'detail': { AutoScalingGroupName: 'blue-group' } };

  test.each([['a look', BASE], ['a sweep', { kind: 'sweep' }], ['an event', event]])('%s ends without a failure: the next sweep begins anew', async (_, message) => {
    const { handle, log, ledger, looks } = await engineWith(nothing);
    const { read, claim } = ledger;
    Object.assign(ledger, { read: refused, claim: refused });
    await handle(message);
    expect(log.lines).toMatchObject([{ level: 'alert', event: 'look-refused' }]);
    Object.assign(ledger, { read, claim });
    await handle(BASE);
    expect(looks).toEqual(['image base']);
  });

  test.each([['a sweep', { kind: 'sweep' }], ['an event', event]])('%s that is throttled is delivered again', async (_, message) => {
    const { handle, ledger } = await engineWith(nothing);
    Object.assign(ledger, { read: async () => { throw new TransientError('slow down'); } });
    await expect(handle(message)).rejects.toThrow('slow down');
  });
});

test('a failure is thrown, so that the queue delivers the message again; the lease is free then', async () => {
  const { handle, sent, ledger } = await engineWith(failing(new Error('nobody thought of this')));
  await expect(handle(BASE)).rejects.toThrow('nobody thought of this');
  expect(sent).toEqual([]);
  expect(await ledger.acquire(ledgerKey.image(NAMESPACE, 'base'), 1)).toBeDefined();
});

test.each(['', 'no JSON', '[]', '"text"'])('poison is thrown: %p', async (body) => {
  const { handle } = await engineWith(nothing);
  await expect(handle(body)).rejects.toThrow();
});

test('a sweep asks for every key, in a queue of its own, and cleans up', async () => {
  const { handle, sent, swept, cleaned } = await engineWith(nothing);
  await handle({ kind: 'sweep' });
  expect(sent).toEqual([]);
  expect(swept.map(([message]) => message)).toEqual([BASE, { kind: 'image', name: 'web' }, { kind: 'fleet', name: 'blue' }]);
  expect(cleaned).toEqual([NAMESPACE]);
});

test('a look of a sweep does not stand for one that is due: its queue may be long', async () => {
  const images = Array.from({ length: 11 }, (_, index) => image(`image-${index}`, 1));
  const document = { schemaVersion: SCHEMA_VERSION, document: registry(images) };
  const { handle, sent, swept } = await engineWith(async () => ({ lookAgainSeconds: 10 }), document);
  await handle({ kind: 'sweep' });
  const last: ControllerMessage = { kind: 'image', name: 'image-10' };
  expect(swept[10]).toEqual([last, 2]);
  await handle(last);
  expect(sent).toEqual([[last, 10]]);
});

test('an event asks for the keys it touches', async () => {
  const { handle, sent } = await engineWith(nothing);
  await handle({ 'source': 'aws.autoscaling', 'detail-type': 'x', 'detail': { AutoScalingGroupName: 'blue-group' } });
  expect(sent).toEqual([[{ kind: 'fleet', name: 'blue' }, 0]]);
});

test('an unknown event is logged and dropped', async () => {
  const { handle, sent, log } = await engineWith(nothing);
  await handle({ 'source': 'aws.unknown', 'detail-type': 'x' });
  expect(sent).toEqual([]);
  expect(log.events()).toContain('event-dropped');
});

test('while paused nothing is done', async () => {
  const { handle, looks, sent, parameters } = await engineWith(nothing);
  await parameters.put('/pause', 'paused');
  await handle(BASE);
  await handle({ kind: 'sweep' });
  expect([looks, sent]).toEqual([[], []]);
});

test.each([
  ['no registry', undefined],
  ['a withdrawn registry', { schemaVersion: SCHEMA_VERSION, document: intent, withdrawn: true }],
])('%s: nothing is done', async (_, document) => {
  const { handle, looks } = await engineWith(nothing, document ?? null);
  await handle(BASE);
  expect(looks).toEqual([]);
});

test('a key that is no longer intended is dropped', async () => {
  const { handle, looks, log } = await engineWith(nothing);
  await handle({ kind: 'image', name: 'gone' });
  expect(looks).toEqual([]);
  expect(log.events()).toContain('unknown-key');
});

describe('a look that fails for a passing reason', () => {
  const trouble = () => engineWith(failing(new TransientError('Rate exceeded', 30)));
  const alerts = (log: MemoryLog): string[] => log.lines.filter(({ level }) => level === 'alert').map(({ event }) => event);

  test('is an alarm once it has failed for an hour without a pause', async () => {
    const { handle, log, pass } = await trouble();
    for (let second = 0; second < 3600; second += 30) {
      await handle(BASE);
      pass(30);
    }
    expect(alerts(log)).toEqual([]);
    await handle(BASE);
    expect(alerts(log)).toEqual(['look-failing']);
  });

  test('is none where looks between went well', async () => {
    const { handle, log, pass } = await trouble();
    for (let hour = 0; hour < 4; hour += 0.25) {
      await handle(BASE);
      pass(900);
    }
    expect(alerts(log)).toEqual([]);
  });
});
