import { installed, type Installed } from './installed';
import { handler } from '../../../src/runtime/handlers/controller.lambda';

let { server, queue }: Pick<Installed, 'server' | 'queue'> = {} as Installed;

beforeAll(async () => {
  const ready = await installed();
  ({ server, queue } = ready);
  Object.assign(process.env, ready.variables);
});

afterAll(async () => server.close());

const message = (messageId: string, body: string) => ({ messageId, body });

test('of a batch only what failed comes again, and a sweep asks for every key through the queue', async () => {
  expect(await handler({ Records: [message('poison', 'no JSON'), message('sweep', '{"kind":"sweep"}'), message('unknown', '{"source":"aws.unknown"}')] }))
    .toEqual({ batchItemFailures: [{ itemIdentifier: 'poison' }] });
  expect(queue.count('visible')).toBe(1);
});
