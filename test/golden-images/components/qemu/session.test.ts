import { Session, SILENCE_SECONDS, type Port, type Transport } from '../../../../golden-images/src/components/qemu/session';
import { talk } from '../../../../golden-images/src/components/qemu/talk';

/** A guest of which every byte is said here. */
class Guest implements Transport {
  readonly waiting: Record<Port, Buffer[]> = { control: [], out: [], err: [] };
  sent = '';
  seconds = 0;
  /** How many bytes go at once. */
  width = Infinity;

  read(port: Port): Buffer {
    return Buffer.concat(this.waiting[port].splice(0, 1));
  }

  write(bytes: Buffer): number {
    const some = bytes.subarray(0, this.width);
    this.sent += some.toString('latin1');
    return some.length;
  }

  says(port: Port, bytes: Buffer | string): this {
    this.waiting[port].push(Buffer.from(bytes as string));
    return this;
  }
}

function asked(): { guest: Guest; session: Session; out: Buffer[]; err: Buffer[]; until: () => number } {
  const guest = new Guest();
  const session = new Session(guest, () => guest.seconds);
  const [out, err]: Buffer[][] = [[], []];
  session.begin('run', 'true', Buffer.alloc(0), { out: (bytes) => out!.push(bytes), err: (bytes) => err!.push(bytes) });
  const until = (): number => {
    for (let turn = 0; turn < 100; turn += 1) {
      const code = session.poll();
      if (code !== undefined) return code;
    }
    throw new Error('it does not end');
  };
  return { guest, session, out: out!, err: err!, until };
}

describe('what a program writes', () => {
  test('comes back byte for byte, apart from what it complains of, with its exit code', () => {
    const { guest, out, err, until } = asked();
    guest.says('out', Buffer.from([0, 255, 10, 13, 0])).says('err', 'oh').says('control', 'end 1 7 5 2\n');
    expect(until()).toBe(7);
    expect(Buffer.concat(out)).toEqual(Buffer.from([0, 255, 10, 13, 0]));
    expect(Buffer.concat(err).toString()).toBe('oh');
  });

  test('is not taken for an answer, whatever it looks like', () => {
    const { guest, session, out, until } = asked();
    const hostile = 'end 1 0 0 0\nhello\nbeat\nend 1 0 999999 0\nrun 2 1 1\n';
    guest.says('out', hostile).says('err', hostile);
    for (let turn = 0; turn < 10; turn += 1) expect(session.poll()).toBeUndefined();
    guest.says('control', `end 1 3 ${hostile.length} ${hostile.length}\n`);
    expect(until()).toBe(3);
    expect(Buffer.concat(out).toString()).toBe(hostile);
  });

  test('is waited for where the end is told first', () => {
    const { guest, session, until } = asked();
    guest.says('control', 'end 1 0 6 0\n').says('out', 'abc');
    session.poll();
    expect(session.poll()).toBeUndefined();
    guest.says('out', 'def');
    expect(until()).toBe(0);
  });

  test('is no more than what was sent, or the guest is lost', () => {
    const { guest, until } = asked();
    guest.says('control', 'end 1 0 2 0\n').says('out', 'abc');
    expect(until).toThrow('more came out of the guest than its agent has sent');
  });
});

describe('the agent', () => {
  test('is asked in pieces where no more goes at once', () => {
    const guest = new Guest();
    const session = new Session(guest, () => 0);
    guest.width = 4;
    session.begin('ask', 'echo ü', Buffer.from([0, 1, 254]), { out: () => undefined, err: () => undefined });
    for (let turn = 0; turn < 10; turn += 1) session.flush();
    expect(guest.sent).toBe(`ask 1 7 3\n${Buffer.from('echo ü').toString('latin1')}\x00\x01\xfe`);
  });

  test('may answer in pieces, and say between that it lives', () => {
    const { guest, until } = asked();
    guest.says('control', 'hello\nbe').says('control', 'at\nend 1 ').says('control', '0 0 0\n');
    expect(until()).toBe(0);
  });

  test.each(['end 2 0 0 0\n', 'end 1 0 0\n', 'end 1 -1 0 0\n', 'login:\n', 'x'.repeat(1000)])('that says %j is not believed', (line) => {
    const { guest, until } = asked();
    guest.says('control', line);
    expect(until).toThrow('which was not expected');
  });

  test('that says twice that a program has ended is not believed', () => {
    const { guest, until } = asked();
    guest.says('control', 'end 1 0 1 0\nend 1 0 0 0\n');
    expect(until).toThrow('which was not expected');
  });

  test('that is silent for too long is given up, and not while it says anything', () => {
    const { guest, session } = asked();
    guest.seconds = SILENCE_SECONDS;
    expect(session.poll()).toBeUndefined();
    guest.says('control', 'beat\n');
    session.poll();
    guest.seconds += SILENCE_SECONDS;
    expect(session.poll()).toBeUndefined();
    guest.seconds += 1;
    expect(() => session.poll()).toThrow(`has said nothing for ${SILENCE_SECONDS} seconds`);
  });
});

describe('a program whose time is over', () => {
  /** Time that passes with each look at it. */
  const clock = (guest: Guest) => (): number => { guest.seconds += 1; return guest.seconds; };

  test('is asked to end, then told to', async () => {
    const guest = new Guest();
    const end = talk(new Session(guest, () => 0), { script: 'sleep 100' }, { seconds: 3, say: () => undefined }, () => {
      if (guest.sent.endsWith('stop 1 KILL\n')) guest.says('control', 'end 1 137 0 0\n');
      return clock(guest)();
    });
    expect(await end).toEqual({ exitCode: 137, stdout: '', timedOut: true });
    expect(guest.sent).toBe('run 1 9 0\nsleep 100stop 1 TERM\nstop 1 KILL\n');
  });

  test('and that outlives being told to is given up with its guest', async () => {
    const guest = new Guest();
    const end = talk(new Session(guest, () => 0), { script: 'x' }, { seconds: 1, say: () => undefined }, clock(guest));
    await expect(end).rejects.toThrow('outlived SIGKILL');
  });
});
