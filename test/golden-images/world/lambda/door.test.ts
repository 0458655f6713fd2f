import { createFunction } from './functions';
import { createServer, type WireServer } from '../../../../golden-images/src/wire';
import { World } from '../../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../../golden-images/src/world/lambda/lambda';

/** Requests of handlers to the server of their world take no socket; what they see is an HTTP request all the same. */
describe('requests of handlers to their own world', () => {
  let world: World;
  let server: WireServer;
  const callers: unknown[] = [];

  const run = async (body: string): Promise<unknown> => {
    createFunction(world, 'f', `
      import http from 'node:http';
      const url = process.env.AWS_ENDPOINT_URL;
      const ask = (path, options = {}, body) => new Promise((resolve, reject) => {
        const request = http.request(url + path, options, (response) => {
          let text = '';
          response.on('data', (data) => { text += data; }).on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
        });
        request.on('error', (error) => resolve({ code: error.code })).end(body);
      });
      export const handler = async () => { ${body} };`);
    const { payload, functionError } = await world.get(LambdaService).invoke('f', {});
    expect(functionError).toBeUndefined();
    return payload;
  };

  beforeEach(async () => {
    world = new World();
    server = await createServer(world, {
      services: [],
      ownPath: async ({ method, path, query, headers, body }) => {
        callers.push(headers['x-golden-images-handler']);
        if (path === '/breaks') throw new Error('no');
        return { status: 203, headers: { 'X-Path': path }, body: `${method} ${query.get('a')} ${Buffer.from(body).toString()} ${headers['x-many'] ?? ''}` };
      },
    });
  });
  afterEach(async () => {
    await world.get(LambdaService).close();
    await server.close();
  });

  test('arrive with method, path, query, headers and body, without a socket', async () => {
    const { door } = world;
    const seen: string[] = [];
    world.door = async (request) => {
      seen.push(request.target);
      return door!(request);
    };
    expect(await run('return ask("/p?a=1", { method: "POST", headers: { "X-Many": ["x", "y"] } }, "body")')).toEqual({
      status: 203, text: 'POST 1 body x, y', headers: { 'x-path': '/p', 'content-length': '16' },
    });
    expect(seen).toEqual(['/p?a=1']);
    expect(callers.at(-1)).toBe('f');
  });

  test('have no body in the answer to HEAD, and end where the connection breaks', async () => {
    expect(await run('return [await ask("/h", { method: "HEAD" }), await ask("/breaks")]')).toEqual([
      { status: 203, text: '', headers: { 'x-path': '/h', 'content-length': '11' } }, { code: 'ECONNRESET' },
    ]);
  });

  test('can be given up before the answer', async () => {
    world.door = () => new Promise(() => undefined);
    expect(await run('setTimeout(() => undefined, 1); return ask("/slow", { signal: AbortSignal.abort(Object.assign(new Error("stop"), { code: "ABORT" })) })')).toEqual({ code: 'ABORT' });
  });
});
