import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';
import type { WireRequest, WireResponse } from './message';
import { Wire, type ServiceClass } from './wire';
import type { World } from '../world/kernel';

/** A `requestHandler` for SDK clients. */
export interface InProcessHandler {
  handle(request: HttpRequest): Promise<{ response: HttpResponse }>;
}

/** Serves a world to SDK clients in the same process, without sockets: `new EC2Client({ requestHandler: inProcessHandler(world), … })`. */
export function inProcessHandler(world: World, services?: readonly ServiceClass[]): InProcessHandler {
  const wire = new Wire(world, services);
  return {
    handle: async (request) => {
      const response = await wire.handle(await toWire(request));
      if (!response) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
      return { response: fromWire(response) };
    },
  };
}

async function toWire(request: HttpRequest): Promise<WireRequest> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  headers.host ??= request.hostname;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, each ?? '');
  }
  return { method: request.method, path: request.path, query, headers, body: await bytes(request.body) };
}

async function bytes(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function fromWire(response: WireResponse): HttpResponse {
  const body = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
  return new HttpResponse({
    statusCode: response.status,
    headers: response.headers,
    body: response.streaming ? Readable.from([body]) : body,
  });
}
