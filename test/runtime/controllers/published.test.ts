import { ledgerKey } from '../../../src/contract';
import { keepPointer, movePointer } from '../../../src/runtime/controllers/pointer';
import { publishText, recordPublished } from '../../../src/runtime/controllers/published';
import { TransientError } from '../../../src/runtime/ports';
import { MemoryLedger, MemoryLog } from '../support/memory-ports';
import { ValidatingParameters } from '../support/validating-parameters';

const NAME = '/golden-images/shop/fleets/web/image';
const HOUR = 3_600_000;

function setUp() {
  const time = { now: Date.UTC(2026, 0, 5) };
  const clock = { now: () => time.now };
  const [ledger, parameters, log] = [new MemoryLedger(clock), new ValidatingParameters(clock), new MemoryLog()];
  const ports = { clock, ledger, log, parameters };
  const alarms = (): unknown[] => log.lines.filter(({ level }) => level === 'alert').map(({ event, fields }) => [event, fields.found]);
  const forge = (value: string): void => void parameters.values.set(NAME, { value, version: 9 });
  /** Looks until the pointer holds the AMI. */
  const move = async (ami: string): Promise<void> => {
    for (let looks = 0; looks < 100; looks += 1) {
      try {
        return await movePointer(NAME, ami, ports);
      } catch (error) {
        if (!(error instanceof TransientError)) throw error;
        time.now += error.retryAfterSeconds * 1000;
      }
    }
    throw new Error('it never holds it');
  };
  return { time, ledger, parameters, ports, alarms, forge, move };
}

test('what we publish one after the other is no alarm, however long AWS validates it', async () => {
  const { parameters, move, alarms } = setUp();
  parameters.seconds = () => 45;
  for (const ami of ['ami-1', 'ami-2', 'ami-1', 'ami-3']) await move(ami);
  expect([parameters.values.get(NAME)?.value, alarms()]).toEqual(['ami-3', []]);
});

test('what we asked for and AWS writes late is no alarm; the same value much later is one', async () => {
  const { move, alarms, forge, time } = setUp();
  for (const ami of ['ami-1', 'ami-2']) await move(ami);
  forge('ami-1');
  await move('ami-2');
  expect(alarms()).toEqual([]);
  time.now += 2 * HOUR;
  forge('ami-1');
  await move('ami-2');
  expect(alarms()).toEqual([['parameter-overwritten', 'ami-1']]);
});

test('what AWS never writes leaves the former value standing, which stays ours', async () => {
  const { parameters, ports, move, alarms, time } = setUp();
  await move('ami-1');
  parameters.seconds = (ami) => (ami === 'ami-refused' ? Infinity : 0);
  for (let look = 0; look < 60; look += 1) {
    await movePointer(NAME, 'ami-refused', ports).catch(() => undefined);
    time.now += 300_000;
  }
  expect(alarms()).toEqual([]);
});

test('what somebody else wrote is said and put right, a text too', async () => {
  const { parameters, ports, move, alarms, forge } = setUp();
  await move('ami-1');
  forge('ami-foreign');
  await move('ami-2');
  await publishText('/status', 'one', ports);
  parameters.values.set('/status', { value: 'forged', version: 7 });
  await publishText('/status', 'two', ports);
  expect(alarms()).toEqual([['parameter-overwritten', 'ami-foreign'], ['parameter-overwritten', 'forged']]);
  expect([parameters.values.get(NAME)?.value, parameters.values.get('/status')?.value]).toEqual(['ami-2', 'two']);
});

test('of a deployment that kept no such records nothing is an alarm, and what it holds is taken over in one look', async () => {
  const { ports, move, alarms, forge, ledger } = setUp();
  forge('ami-released-before');
  await recordPublished(NAME, 'ami-released-before', ports);
  expect(ledger.document(ledgerKey.published(NAME))).toEqual({ value: 'ami-released-before', former: [] });
  await move('ami-2');
  expect(alarms()).toEqual([]);
});

test('a pointer that follows nothing yet goes back to what it was made with', async () => {
  const { parameters, ports, move, alarms, forge } = setUp();
  await keepPointer(NAME, ports);
  expect(parameters.asked).toEqual([]);
  await move('ami-initial');
  forge('ami-foreign');
  await keepPointer(NAME, ports);
  expect([parameters.values.get(NAME)?.value, alarms()]).toEqual(['ami-initial', [['parameter-overwritten', 'ami-foreign']]]);
});
