/* eslint-disable @typescript-eslint/no-explicit-any */

/**
 * Gives a stand-in for `request` of `node:http` that asks the main thread instead of opening a socket: what a handler does
 * with an HTTP client works as ever, and a call costs half as much.
 *
 * Runs in the worker from its source text: it may refer to nothing but its parameters and globals.
 */
export function installDoor(load: (name: string) => any, ask: (request: any) => Promise<any>): (options: any, callback?: any) => any {
  const { Readable, Writable } = load('node:stream');
  const { EventEmitter } = load('node:events');
  const text = (value: any): string => (Array.isArray(value) ? value.join(', ') : String(value));
  const pairs = (given: any): any[] => {
    if (!Array.isArray(given)) return Object.entries(given ?? {});
    return given.flatMap((name, index) => (index % 2 === 0 ? [[name, given[index + 1]]] : []));
  };
  const chained = (target: any, names: string[]): any => Object.assign(target, Object.fromEntries(names.map((name) => [name, () => target])));

  const responseOf = ({ status, headers, body }: any, request: any): any => {
    const response = new Readable({ read: () => undefined });
    if (body.length > 0) response.push(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
    response.push(null);
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return chained(Object.assign(response, {
      statusCode: status,
      statusMessage: '',
      headers: Object.fromEntries(lower),
      rawHeaders: Object.entries(headers).flat(),
      trailers: {},
      httpVersion: '1.1',
      complete: true,
      req: request,
      socket: request.socket,
    }), ['setTimeout']);
  };

  return (options, callback) => {
    const headers: Record<string, string> = {};
    for (const [name, value] of pairs(options.headers)) if (value !== undefined) headers[String(name).toLowerCase()] = text(value);
    headers.host ??= `${options.hostname ?? options.host}:${options.port}`;
    const method = String(options.method ?? 'GET').toUpperCase();
    const chunks: Buffer[] = [];
    const send = async (): Promise<void> => {
      const answer = await ask({ method, target: options.path ?? '/', headers, body: new Uint8Array(Buffer.concat(chunks)) });
      if (request.destroyed) return;
      if (!answer) return void request.destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      const response = responseOf(answer, request);
      response.once('close', () => request.destroy());
      if (!request.emit('response', response)) response.resume();
    };
    const request: any = new Writable({
      autoDestroy: false,
      write: (chunk: any, _encoding: any, done: any) => {
        chunks.push(chunk);
        done();
      },
      final: (done: any) => {
        done();
        void send();
      },
    });
    const socket = chained(new EventEmitter(), ['setKeepAlive', 'setNoDelay', 'setTimeout', 'ref', 'unref', 'destroy']);
    chained(Object.assign(request, {
      method,
      path: options.path ?? '/',
      host: options.hostname ?? options.host,
      protocol: 'http:',
      socket,
      setHeader: (name: string, value: any) => { headers[name.toLowerCase()] = text(value); },
      getHeader: (name: string) => headers[name.toLowerCase()],
      removeHeader: (name: string) => { delete headers[name.toLowerCase()]; },
      getHeaders: () => ({ ...headers }),
      abort: () => request.destroy(),
    }), ['setTimeout', 'setNoDelay', 'setSocketKeepAlive', 'flushHeaders']);
    process.nextTick(() => request.emit('socket', socket));
    const abort = (): void => request.destroy(options.signal.reason);
    if (options.signal?.aborted) abort();
    else options.signal?.addEventListener('abort', abort, { once: true });
    if (callback) request.once('response', callback);
    return request;
  };
}
