import { ledgerKey } from '../../../src/contract';
import { movePointer } from '../../../src/runtime/controllers/pointer';
import type { PointerWrite } from '../../../src/runtime/domain/pointer';
import { RefusedError, TransientError } from '../../../src/runtime/ports';
import { MemoryLedger, MemoryLog } from '../support/memory-ports';
import { ValidatingParameters } from '../support/validating-parameters';

const NAME = '/imagebuilder/golden-images/shop/base/latest';
const MINUTE = 60_000;

function setUp(seconds: (ami: string) => number) {
  const time = { now: Date.UTC(2026, 0, 5) };
  const clock = { now: () => time.now };
  const [ledger, parameters, log] = [new MemoryLedger(clock), new ValidatingParameters(clock), new MemoryLog()];
  parameters.seconds = seconds;
  const alarms: string[] = [];
  let looks = 0;
  /** Looks again when it is asked to, as the engine does, until the pointer holds the AMI or the time is over; whether it does. */
  const look = async (ami: string, minutes: number): Promise<boolean> => {
    const end = time.now + minutes * MINUTE;
    while (time.now < end) {
      looks += 1;
      try {
        await movePointer(NAME, ami, { clock, ledger, log, parameters });
        return true;
      } catch (error) {
        if (error instanceof RefusedError) alarms.push(error.message);
        else if (!(error instanceof TransientError)) throw error;
        time.now += (error instanceof TransientError ? error.retryAfterSeconds : 300) * 1000;
      }
    }
    return false;
  };
  return { time, ledger, log, parameters, alarms, look, looks: () => looks };
}

test('a pointer whose AMI takes its time is asked for once, and waited for', async () => {
  const { parameters, look, alarms } = setUp(() => 40);
  expect(await look('ami-1', 5)).toBe(true);
  expect([parameters.asked, alarms]).toEqual([[`${NAME}=ami-1`], []]);
});

test('one that is there is not written', async () => {
  const { parameters, look, ledger } = setUp(() => 0);
  expect([await look('ami-1', 1), await look('ami-1', 1)]).toEqual([true, true]);
  expect([parameters.asked.length, ledger.document(ledgerKey.pointer(NAME))]).toEqual([1, undefined]);
});

test('one that AWS never writes backs off, and is an alarm with the reason after ten minutes', async () => {
  const { parameters, look, alarms, looks } = setUp(() => Infinity);
  expect(await look('ami-1', 9)).toBe(false);
  expect(alarms).toEqual([]);
  expect(await look('ami-1', 111)).toBe(false);
  expect(alarms[0]).toMatch(/latest does not hold ami-1 after 1\d minutes: AWS took the request and did not write it; is the AMI available/);
  expect(alarms.length).toBeGreaterThan(15);
  expect(parameters.asked.length).toBeLessThan(30);
  expect(looks()).toBeLessThan(80);
});

test('another AMI is asked for at once, and begins anew', async () => {
  const { parameters, look, alarms } = setUp((ami) => (ami === 'ami-1' ? Infinity : 20));
  await look('ami-1', 30);
  const told = alarms.length;
  expect(await look('ami-2', 1)).toBe(true);
  expect(alarms).toHaveLength(told);
  expect(parameters.asked.at(-1)).toBe(`${NAME}=ami-2`);
});

test('what was asked for long ago is no part of what is asked for now', async () => {
  const { parameters, look, alarms, time, ledger } = setUp(() => 20);
  await look('ami-1', 1);
  expect(ledger.document<PointerWrite>(ledgerKey.pointer(NAME))).toMatchObject({ ami: 'ami-1', times: 1 });
  time.now += 30 * 24 * 60 * MINUTE;
  await parameters.remove(NAME);
  expect(await look('ami-1', 1)).toBe(true);
  expect([parameters.asked.length, alarms]).toEqual([2, []]);
});
