import { App, Stack } from 'aws-cdk-lib';
// Read by a person when a row was added: place, wrong value, what was expected, what to do.
import messages from './messages.json';
import { MISTAKES } from './mistakes';
import { InvalidInputError } from '../../src/private/errors';

const rows = Object.entries(MISTAKES).flatMap(([room, mistakes]) => mistakes.map(([name, act]) => [room, name, act] as const));

function refusal(act: (stack: Stack) => unknown): unknown {
  try {
    act(new Stack(new App({ analyticsReporting: false }), 'Web'));
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each(rows)('%s: %s is refused', (room, name, act) => {
  const error = refusal(act);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect((error as Error).message).toBe((messages as Record<string, Record<string, string>>)[room]![name]);
  expect((error as Error).message).toMatch(/^\S.*: .+; expected .+; .+[^.]$/s);
});

test('each mistake has its message, and each message its mistake', () => {
  expect(rows.length).toBeGreaterThan(190);
  const names = Object.fromEntries(Object.entries(messages).map(([room, each]) => [room, Object.keys(each).sort()]));
  expect(names).toEqual(Object.fromEntries(Object.entries(MISTAKES).map(([room, each]) => [room, each.map(([name]) => name).sort()])));
});
