import * as fc from 'fast-check';
import { ledgerKey, SCHEMA_VERSION, type ControllerMessage } from '../../src/contract';
import { Engine } from '../../src/runtime/controllers/engine';
import { fleet, image, NAMESPACE, registry } from '../runtime/support/intents';
import { MemoryLedger, MemoryLog, MemoryParameters } from '../runtime/support/memory-ports';

const START = Date.UTC(2026, 0, 5);
const LOOK_SECONDS = 5;
/** `maxConcurrency` of the event source mapping of each queue. */
const WORKERS = 2;

interface Message {
  readonly at: number;
  readonly body: string;
}

/** A queue with its workers, on virtual time: what is there first is handled first, when a worker is free. */
class VirtualQueue {
  public readonly messages: Message[] = [];
  public readonly freeAt = Array.from({ length: WORKERS }, () => START);

  public next(): { readonly at: number; readonly message: Message; readonly worker: number } | undefined {
    const message = [...this.messages].sort((a, b) => a.at - b.at)[0];
    const worker = this.freeAt.indexOf(Math.min(...this.freeAt));
    return message && { message, worker, at: Math.max(message.at, this.freeAt[worker]!) };
  }
}

/** Looks at two hundred keys, each of which takes five seconds; one is a fleet with a canary out, which asks for a look every ten. */
async function sweepOf(keys: number, together = false): Promise<{ canary: number[]; looked: Set<string> }> {
  let now = START;
  const clock = { now: () => now };
  const ledger = new MemoryLedger(clock);
  const images = Array.from({ length: keys - 1 }, (_, index) => image(`image-${index}`, 1));
  await ledger.write(ledgerKey.registry(NAMESPACE), { schemaVersion: SCHEMA_VERSION, document: registry(images, [fleet('blue', ['image-0', 'latest'])]) }, 0);
  const urgent = new VirtualQueue();
  const sweeps = together ? urgent : new VirtualQueue();
  const sender = ({ messages }: VirtualQueue) => ({
    lookAgain: async (message: ControllerMessage, seconds: number) => void messages.push({ at: now + seconds * 1000, body: JSON.stringify(message) }),
  });
  const canary: number[] = [];
  const looked = new Set<string>();
  const look = (again: number | undefined) => async ({ name }: { name: string }) => {
    looked.add(name);
    if (again) canary.push(now);
    now += LOOK_SECONDS * 1000;
    return { lookAgainSeconds: again };
  };
  const engine = new Engine({ namespace: NAMESPACE, pauseParameter: '/pause' }, { image: look(undefined), fleet: look(10), cleanUp: async () => {} }, {
    clock,
    ledger,
    parameters: new MemoryParameters(),
    log: new MemoryLog(),
    looks: ledger,
    stacks: { state: async () => 'settled' as const },
    queue: sender(urgent),
    sweeps: sender(sweeps),
  });
  urgent.messages.push({ at: START, body: JSON.stringify({ kind: 'fleet', name: 'blue' }) }, { at: START + 60_000, body: JSON.stringify({ kind: 'sweep' }) });
  for (;;) {
    const nexts = [urgent, sweeps].map((each) => [each, each.next()] as const);
    const [queue, next] = nexts.sort(([, a], [, b]) => (a?.at ?? Infinity) - (b?.at ?? Infinity))[0]!;
    if (!next || next.at > START + 1_200_000) return { canary, looked };
    queue.messages.splice(queue.messages.indexOf(next.message), 1);
    now = next.at;
    await engine.handle(next.message.body);
    queue.freeAt[next.worker] = now;
  }
}

const longestGap = (times: readonly number[]): number => Math.max(...times.slice(1).map((time, index) => time - times[index]!)) / 1000;

describe('a sweep of two hundred keys', () => {
  test('reaches every key, and no look at a canary waits for it', async () => {
    const { canary, looked } = await sweepOf(200);
    expect(looked.size).toBe(200);
    expect(longestGap(canary)).toBeLessThanOrEqual(10 + LOOK_SECONDS);
  });

  test('nor for one of any other number of keys', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 2, max: 300 }), async (keys) => {
      const { canary, looked } = await sweepOf(keys);
      expect(looked.size).toBe(keys);
      expect(longestGap(canary)).toBeLessThanOrEqual(10 + LOOK_SECONDS);
    }), process.env.SOAK ? { numRuns: 100 } : { numRuns: 5, seed: 42 });
  });

  test('in one queue with everything else, canaries would wait for minutes', async () => {
    expect(longestGap((await sweepOf(200, true)).canary)).toBeGreaterThan(180);
  });
});
