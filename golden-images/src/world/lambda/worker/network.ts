/* eslint-disable @typescript-eslint/no-explicit-any */

/**
 * Marks every request of the handler with the function's name, counts it as work, and lets none leave the machine: a handler
 * of a rehearsal must not reach the real AWS.
 *
 * What `door` leads to is asked through it, all else through sockets.
 *
 * Runs in the worker from its source text: it may refer to nothing but its parameters and globals.
 */
export function installNetwork(
  load: (name: string) => any,
  functionName: string,
  busy: () => () => void,
  door?: { readonly host: string; readonly ask: (request: any) => Promise<any>; readonly request: (options: any, callback?: any) => any },
): void {
  const header = 'x-golden-images-handler';
  const isLocal = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?|.*\.localhost)$/.test(host);
  const refusal = (host: string): Error => Object.assign(new Error(`the local AWS lets functions reach only itself, not ${host}`), { code: 'ECONNREFUSED' });

  const marked = (options: any): any => {
    const host = String(options.hostname ?? options.host ?? 'localhost').replace(/:\d+$/, '');
    if (!isLocal(host)) throw refusal(host);
    const headers = Array.isArray(options.headers) ? [...options.headers, header, functionName] : { ...options.headers, [header]: functionName };
    // Not every system resolves the names below localhost that S3 clients use.
    return { ...options, headers, ...(host.endsWith('.localhost') ? { hostname: '127.0.0.1', host: '127.0.0.1' } : {}) };
  };
  const { urlToHttpOptions } = load('node:url');
  for (const name of ['node:http', 'node:https']) {
    const module = load(name);
    const original = module.request;
    module.request = (...args: any[]) => {
      const callback = typeof args[args.length - 1] === 'function' ? args.pop() : undefined;
      const url = typeof args[0] === 'string' || args[0] instanceof URL ? urlToHttpOptions(new URL(args.shift())) : {};
      const options = { ...url, ...args[0] };
      const toDoor = name === 'node:http' && door?.host === `${options.hostname ?? options.host}:${options.port}`;
      const request = toDoor ? door!.request(marked(options), callback) : original(marked(options), callback);
      request.once('close', busy());
      return request;
    };
    module.get = (...args: any[]) => {
      const request = module.request(...args);
      request.end();
      return request;
    };
  }
  const askDoor = async (request: Request): Promise<Response> => {
    const { pathname, search, host } = new URL(request.url);
    const headers = { host, ...Object.fromEntries(request.headers) };
    const answer = await door!.ask({ method: request.method, target: pathname + search, headers, body: new Uint8Array(await request.arrayBuffer()) });
    if (!answer) throw new TypeError('fetch failed', { cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) });
    return new Response([204, 205, 304].includes(answer.status) ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
  const originalFetch = globalThis.fetch;
  globalThis.fetch = async (input: any, init?: any) => {
    const request = new Request(input, init);
    const { hostname, host, protocol } = new URL(request.url);
    if (!isLocal(hostname)) throw new TypeError('fetch failed', { cause: refusal(hostname) });
    request.headers.set(header, functionName);
    const done = busy();
    try {
      if (door && protocol === 'http:' && host === door.host) return await askDoor(request);
      // The body is read here, so that no timer fires while it is on its way.
      const response = await originalFetch(request);
      const body = [204, 205, 304].includes(response.status) ? null : await response.arrayBuffer();
      return new Response(body, response);
    } finally {
      done();
    }
  };
}
