import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strToU8, zipSync } from 'fflate';
import { createFunction } from './functions';
import { World } from '../../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../../golden-images/src/world/lambda/lambda';
import { S3Service } from '../../../../golden-images/src/world/s3';

describe('functions', () => {
  let world: World;
  let lambda: LambdaService;
  beforeEach(() => {
    world = new World();
    lambda = world.get(LambdaService);
  });
  afterEach(() => lambda.close());
  const create = (code: string | Record<string, string>, more: Record<string, unknown> = {}): string => createFunction(world, 'f', code, more);

  test('run on virtual time, with their environment', async () => {
    create(`
      import { setTimeout as sleep } from 'node:timers/promises';
      const loaded = Date.now();
      export const handler = async (event, context) => {
        const before = new Date();
        await sleep(2500);
        console.log('hello', { n: 1 });
        const { COLOUR, AWS_LAMBDA_FUNCTION_NAME, AWS_REGION } = process.env;
        const left = context.getRemainingTimeInMillis();
        return { event, loaded, before, slept: Date.now() - before.getTime(), left, env: [COLOUR, AWS_LAMBDA_FUNCTION_NAME, AWS_REGION] };
      };`, { Timeout: 10, Environment: { Variables: { COLOUR: 'green' } } });
    const result = await lambda.invoke('f', { a: 1 });
    expect(result).toEqual({
      payload: {
        event: { a: 1 }, loaded: world.now, before: new Date(world.now).toISOString(), slept: 2500, left: 7500, env: ['green', 'f', 'eu-central-1'],
      },
    });
    expect(lambda.logs('f')).toMatchObject([{ level: 'INFO', text: 'hello { n: 1 }', at: world.now + 2500 }]);
  });

  test('stay warm, and see that time went on', async () => {
    create('let calls = 0; export const handler = async () => ({ calls: ++calls, now: Date.now() });');
    await lambda.invoke('f', {});
    await world.timeline.runUntil(world.now + 86_400_000);
    expect((await lambda.invoke('f', {})).payload).toEqual({ calls: 2, now: Date.UTC(2026, 0, 6) });
  });

  test('give the same answers for the same seed', async () => {
    const answers = [1, 1, 2].map(async (seed) => {
      const other = new World({ seed });
      createFunction(other, 'f', 'import { randomUUID } from "node:crypto"; export const handler = async () => [Math.random(), randomUUID()];');
      const { payload } = await other.get(LambdaService).invoke('f', {});
      await other.get(LambdaService).close();
      return payload;
    });
    const [first, same, another] = await Promise.all(answers);
    expect(same).toEqual(first);
    expect(another).not.toEqual(first);
  });

  test.each([
    ['a handler with a callback', { 'index.js': 'exports.handler = (event, context, callback) => setTimeout(() => callback(null, event.n + 1), 1000);' }],
    ['CommonJS', { 'index.js': 'const { add } = require("./add"); exports.handler = async ({ n }) => add(n);', 'add.js': 'exports.add = (n) => n + 1;' }],
    ['a package of ES modules', { 'index.js': 'import { add } from "./add.js"; export const handler = async ({ n }) => add(n);', 'add.js': 'export const add = (n) => n + 1;', 'package.json': '{"type":"module"}' }],
  ])('may be %s', async (_, files) => {
    create(files, { Timeout: 5 });
    expect((await lambda.invoke('f', { n: 1 })).payload).toBe(2);
  });

  test('come from a bucket, or from the template itself', async () => {
    const s3 = world.get(S3Service);
    s3.create('assets');
    s3.putObject('assets', 'f.zip', Buffer.from(zipSync({ 'index.mjs': strToU8('export const handler = async () => "from the bucket";') })));
    create('', { Code: { S3Bucket: 'assets', S3Key: 'f.zip' } });
    createFunction(world, 'inline', '', { Code: { ZipFile: 'exports.handler = async () => "inline";' } });
    expect((await lambda.invoke('f', {})).payload).toBe('from the bucket');
    expect((await lambda.invoke('inline', {})).payload).toBe('inline');
    expect(() => createFunction(world, 'absent', '', { Code: { S3Bucket: 'assets', S3Key: 'g.zip' } })).toThrow(/NoSuchKey/);
  });

  test.each([
    ['throw', 'export const handler = async () => { throw new TypeError("boom"); };', { errorType: 'TypeError', errorMessage: 'boom' }],
    ['cannot be loaded', 'import "./absent.mjs"; export const handler = async () => 1;', { errorMessage: expect.stringMatching(/absent\.mjs/) }],
    ['do not export their handler', 'export const other = 1;', { errorType: 'Runtime.HandlerNotFound' }],
    ['exit', 'export const handler = async () => process.exit(1);', { errorType: 'Runtime.ExitError' }],
    ['wait too long', 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 3001));', { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/Task timed out after 3\.00 seconds/) }],
    ['throw outside of the handler', 'export const handler = () => new Promise(() => setTimeout(() => { throw new Error("late"); }, 100));', { errorMessage: 'late' }],
  ])('that %s fail as on AWS, and the next invocation starts afresh', async (_, code, payload) => {
    create(code);
    expect(await lambda.invoke('f', {})).toMatchObject({ functionError: 'Unhandled', payload });
    expect(await lambda.invoke('f', {})).toMatchObject({ functionError: 'Unhandled', payload });
    expect(world.journal).toContainEqual(expect.objectContaining({ service: 'lambda', text: expect.stringMatching(/^f failed/) }));
  });

  describe('with a server', () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      setTimeout(() => response.end('answer'), 50);
    });
    beforeAll((done) => { server.listen(0, '127.0.0.1', () => done()); });
    afterAll((done) => { server.close(done); });
    beforeEach(() => {
      seen.length = 0;
      world.endpoint = `http://localhost:${(server.address() as AddressInfo).port}`;
    });

    test('mark their requests, whichever way they make them; no timer outruns one', async () => {
      create(`
        import { get, request } from 'node:http';
        const body = (make) => new Promise((resolve, reject) => make((response) => response.on('data', (data) => resolve(String(data)))).on('error', reject).end());
        export const handler = async () => {
          const url = process.env.AWS_ENDPOINT_URL;
          const { hostname, port } = new URL(url);
          let early = false;
          const timer = setTimeout(() => { early = true; }, 1000);
          const answers = [
            await body((answer) => request({ hostname, port, path: '/', headers: { a: '1' } }, answer)),
            await body((answer) => get(url, answer)),
            await (await fetch(url)).text(),
          ];
          clearTimeout(timer);
          return { answers, early };
        };`);
      expect((await lambda.invoke('f', {})).payload).toEqual({ answers: ['answer', 'answer', 'answer'], early: false });
      expect(seen.map((headers) => headers['x-golden-images-handler'])).toEqual(['f', 'f', 'f']);
      expect(seen[0]!.a).toBe('1');
    });

    test('are killed between two calls', async () => {
      create(`
        export const handler = async () => { await fetch(process.env.AWS_ENDPOINT_URL); await fetch(process.env.AWS_ENDPOINT_URL); };`);
      server.once('request', () => void lambda.killRunning());
      expect(await lambda.invoke('f', {})).toMatchObject({ functionError: 'Unhandled', payload: { errorType: 'Runtime.ExitError' } });
      expect(seen).toHaveLength(1);
      expect(await lambda.invoke('f', {})).toEqual({ payload: null });
    });
  });

  test('reach nothing but the local AWS', async () => {
    create('export const handler = async () => { await fetch("https://example.com").catch((error) => { throw error.cause; }); };');
    expect(await lambda.invoke('f', {})).toMatchObject({ payload: { errorMessage: expect.stringMatching(/only itself, not example.com/) } });
    createFunction(world, 'g', 'import { get } from "node:https"; export const handler = async () => get("https://example.com");');
    expect(await lambda.invoke('g', {})).toMatchObject({ payload: { errorMessage: expect.stringMatching(/only itself, not example.com/) } });
  });

  test('have versions and aliases', async () => {
    create('export const handler = async () => process.env.V;', { Environment: { Variables: { V: 'one' } } });
    const first = lambda.publish('f');
    expect(lambda.publish('f')).toBe(first);
    await lambda.update('f', { Environment: { Variables: { V: 'two' } } });
    lambda.required('f').aliases.set('live', { version: first.version });
    expect((await lambda.invoke('f', {})).payload).toBe('two');
    expect((await lambda.invoke('f:live', {})).payload).toBe('one');
    expect((await lambda.invoke(first.arn, {})).payload).toBe('one');
    expect(lambda.publish('f').version).toBe('2');
    await expect(lambda.invoke('f:3', {})).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('see by which name they were called', async () => {
    create('export const handler = async (_, { invokedFunctionArn }) => invokedFunctionArn.split(":").slice(6).join(":");');
    lambda.required('f').aliases.set('live', { version: '$LATEST' });
    const names = await Promise.all(['f', 'f:live', 'f:$LATEST'].map(async (name) => (await lambda.invoke(name, {})).payload));
    expect(names).toEqual(['f', 'f:live', 'f:$LATEST']);
    expect((await lambda.invoke('f', {}, 'live')).payload).toBe('f:live');
    lambda.createUrl('f', 'live', 'NONE');
    expect(() => lambda.createUrl('f', 'live', 'NONE')).toThrow(/exists for this/);
    expect(() => lambda.createUrl('f', '1', 'NONE')).toThrow(/not found: .*f:1/);
    const request = { method: 'GET', path: '/', query: '', headers: {}, body: new Uint8Array() };
    const answer = await lambda.request(lambda.required('f').urls.get('live')!.id, request);
    expect(Buffer.from(answer.body).toString()).toBe('"f:live"');
  });

  test('are called through the API', async () => {
    create('export const handler = async (event) => { console.log("seen"); if (event.fail) throw new Error("no"); return { ok: true }; };');
    const call = (operation: string, input: Record<string, unknown>): Promise<any> => world.call(lambda, operation, input);
    const good = await call('Invoke', { FunctionName: 'f', Payload: Buffer.from('{}'), LogType: 'Tail' });
    expect(good).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', LogResult: Buffer.from('seen').toString('base64') });
    expect(JSON.parse(good.Payload.toString())).toEqual({ ok: true });
    expect(await call('Invoke', { FunctionName: 'f', Payload: Buffer.from('{"fail":1}') })).toMatchObject({ FunctionError: 'Unhandled' });
    expect(await call('GetFunctionConfiguration', { FunctionName: 'f' })).toMatchObject({ State: 'Active', Timeout: 3, Handler: 'index.handler' });
    await call('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 0 });
    await expect(call('Invoke', { FunctionName: 'f' })).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
    await expect(call('Invoke', { FunctionName: 'g' })).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
  });

  test('answer requests to their URL, signed ones only where it says so', async () => {
    create('export const handler = async ({ body, rawPath, requestContext }) => ({ statusCode: 202, headers: { "X-A": "1" }, body: JSON.stringify([body, rawPath, requestContext.authorizer.iam.userArn]) });');
    const type = lambda.resourceTypes['AWS::Lambda::Url']!;
    const context = { stackName: 's', stackId: 'id', logicalId: 'U', tags: [], generateName: () => 'n' };
    const arn = await type.create(context, { TargetFunctionArn: lambda.arnOf('f'), AuthType: 'AWS_IAM' });
    const url = new URL(type.attribute(arn, 'FunctionUrl', {}) as string);
    expect(url.hostname).toMatch(/^[0-9a-f]{32}\.lambda-url\.eu-central-1\.on\.aws$/);
    const id = url.hostname.split('.')[0]!;
    const request = { method: 'POST', path: '/promote', query: '', headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') };
    expect((await lambda.request(id, request)).status).toBe(403);
    const answer = await lambda.request(id, { ...request, callerArn: 'arn:aws:iam::123456789012:user/ann' });
    expect(answer).toMatchObject({ status: 202, headers: { 'x-a': '1' } });
    expect(JSON.parse(answer.body.toString())).toEqual(['{}', '/promote', 'arn:aws:iam::123456789012:user/ann']);
  });

  test.each([
    [{ Runtime: 'python3.12' }, 'NotModelled'],
    [{ Timeout: 901 }, 'ValidationException'],
    [{ Layers: ['arn:aws:lambda:eu-central-1:1:layer:x:1'] }, 'NotModelled'],
    [{ Role: undefined }, 'InvalidParameterValueException'],
    [{ Code: { ZipFile: Buffer.from('no zip') } }, 'InvalidParameterValueException'],
  ])('are refused with %j', (members, code) => {
    expect(() => create('', members)).toThrow(expect.objectContaining({ code }));
  });
});
