import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { customResource, Refusal, type CustomResource, type CustomResourceEvent } from '../../../src/runtime/handlers/custom-resource';
import { TransientError } from '../../../src/runtime/ports';

interface Answer {
  readonly contentType: string | undefined;
  readonly body: { Status: string; Reason?: string; PhysicalResourceId: string; StackId: string; RequestId: string; LogicalResourceId: string };
}

let server: Server;
let answers: Answer[];
/** What is left of the invocation's time, in milliseconds. */
const remaining = 300_000;

beforeEach(async () => {
  answers = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => { text += String(chunk); });
    request.on('end', () => {
      answers.push({ contentType: request.headers['content-type'], body: JSON.parse(text) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
});

interface Properties {
  readonly Name: string;
}

async function send(resource: Partial<CustomResource<Properties>>, event: Partial<CustomResourceEvent<Properties>>): Promise<Answer['body']> {
  await customResource<Properties>({
    physicalId: ({ Name: name }) => `thing-${name.toLowerCase()}`,
    create: async () => {},
    update: async () => {},
    delete: async () => undefined,
    ...resource,
  }, async (stackId) => stackId === 'stack')({
    RequestType: 'Create',
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Logical',
    ResourceProperties: { Name: 'A' },
    ...event,
  }, { getRemainingTimeInMillis: () => remaining });
  expect(answers).toHaveLength(1);
  return answers[0]!.body;
}

test('success carries the physical id, and no content type, for which the URL is signed', async () => {
  expect(await send({}, {})).toEqual({
    Status: 'SUCCESS', PhysicalResourceId: 'thing-a', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Logical',
  });
  expect(answers[0]?.contentType ?? '').toBe('');
});

test.each(['Create', 'Update', 'Delete'] as const)('%s reaches its own function', async (type) => {
  const called: string[] = [];
  const mark = (name: string) => async (): Promise<undefined> => { called.push(name); };
  await send({ create: mark('Create'), update: mark('Update'), delete: mark('Delete') }, { RequestType: type, PhysicalResourceId: 'old' });
  expect(called).toEqual([type]);
});

test('a refusal is answered with its reason alone', async () => {
  const create = async (): Promise<void> => { throw new Refusal('a rollout is active'); };
  expect(await send({ create }, {})).toMatchObject({ Status: 'FAILED', Reason: 'a rollout is active', PhysicalResourceId: 'thing-a' });
});

test('any other failure is answered with name and message, without a stack trace', async () => {
  const update = async (): Promise<void> => { throw new TypeError('first line\n    at second line'); };
  const { Status: status, Reason: reason } = await send({ update }, { RequestType: 'Update' });
  expect([status, reason]).toEqual(['FAILED', 'TypeError: first line']);
});

test('what passes by itself is tried again', async () => {
  let tries = 0;
  const create = async (): Promise<void> => {
    tries += 1;
    if (tries === 1) throw new TransientError('slow down');
  };
  expect(await send({ create }, {})).toMatchObject({ Status: 'SUCCESS' });
  expect(tries).toBe(2);
});

test('properties that cannot be read are answered too, under the id there was', async () => {
  const broken = { ResourceProperties: {} as Properties };
  expect(await send({ update: async ({ Name: name }) => { name.toLowerCase(); } }, { ...broken, RequestType: 'Update', PhysicalResourceId: 'thing-old' }))
    .toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'thing-old' });
});

test('deletion keeps the id and may say what is left behind', async () => {
  expect(await send({ delete: async () => 'left behind: x' }, { RequestType: 'Delete', PhysicalResourceId: 'thing-old', ResourceProperties: {} as Properties }))
    .toMatchObject({ Status: 'SUCCESS', Reason: 'left behind: x', PhysicalResourceId: 'thing-old' });
});

test("a stranger's stack gets nothing done, and its resource may go again", async () => {
  const done: string[] = [];
  const note = (what: string) => async () => { done.push(what); };
  const resource = { create: note('create'), update: note('update'), delete: async () => { done.push('delete'); return undefined; } };
  const asks = async (RequestType: 'Create' | 'Update' | 'Delete') => {
    answers = [];
    return send(resource, { RequestType, StackId: 'another', ...(RequestType === 'Delete' ? { PhysicalResourceId: 'thing-a' } : {}) });
  };
  expect(await asks('Create')).toMatchObject({ Status: 'FAILED', Reason: 'another is not the stack that this function serves; nothing was done' });
  expect(await asks('Update')).toMatchObject({ Status: 'FAILED' });
  expect(await asks('Delete')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'thing-a' });
  expect(done).toEqual([]);
});
