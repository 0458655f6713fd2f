import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireRequest, WireResponse } from './message';
import { foreignSender } from './sender';
import { Verifier } from './signature/verifier';
import { Wire, type ServiceClass } from './wire';
import type { Door, DoorRequest, DoorResponse, World } from '../world/kernel';
import { StsService } from '../world/sts';

/** Answers requests that are none of AWS; undefined for all others. */
export type OwnPath = (request: WireRequest) => Promise<WireResponse | undefined>;

export interface ServerOptions {
  /** @default 0 - any free port */
  readonly port?: number;
  /** @default - every service of the model */
  readonly services?: readonly ServiceClass[];
  /** @default - the server answers as AWS does, and nothing else */
  readonly ownPath?: OwnPath;
}

export interface RootCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface WireServer {
  /** Where clients find it. A host name, not an address: the cdk CLI derives S3 host names from it. */
  readonly url: string;
  /** Of the root of the account, made for this server alone: who has them may do everything here. */
  readonly credentials: RootCredentials;
  close(): Promise<void>;
}

/** Serves a world on 127.0.0.1, to whoever signs with its credentials, and tells the world so. */
export async function createServer(world: World, options: ServerOptions = {}): Promise<WireServer> {
  const wire = new Wire(world, options.services);
  const credentials = { accessKeyId: 'local', secretAccessKey: randomBytes(30).toString('base64url') };
  const verifier = new Verifier((id) => (id === credentials.accessKeyId ? credentials : world.get(StsService).session(id)));
  const handle = (by?: Verifier): OwnPath => async (request) => await options.ownPath?.(request) ?? wire.handle(request, by);
  const http = createHttpServer((incoming, outgoing) => void respond(handle(verifier), world, incoming, outgoing));
  http.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://localhost:${(http.address() as AddressInfo).port}`;
  world.endpoint = url;
  const door: Door = ({ body, ...rest }) => answer(handle(), world, { ...rest, body: Buffer.from(body.buffer, body.byteOffset, body.byteLength) });
  world.door = door;
  return {
    url,
    credentials,
    close: () => new Promise((resolve) => {
      if (world.endpoint === url) world.endpoint = undefined;
      if (world.door === door) world.door = undefined;
      http.close(() => resolve());
      http.closeAllConnections();
    }),
  };
}

async function respond(handle: OwnPath, world: World, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const foreign = foreignSender({ headers: incoming.headers as WireRequest['headers'] }, incoming.socket.localPort!);
    const response = foreign === undefined ? await answer(handle, world, await read(incoming)) : refusal(world, incoming, foreign);
    if (!response) return void outgoing.destroy();
    // No date: clients take the distance between virtual time and theirs for a skewed clock, and repeat every refused call.
    outgoing.sendDate = false;
    outgoing.writeHead(response.status, response.headers);
    outgoing.end(response.body);
  } catch (error) {
    world.log('wire', `${incoming.method} ${incoming.url}: ${String(error)}`);
    outgoing.destroy();
  }
}

/** What such a request brings along is not even read. */
function refusal(world: World, { method, url }: IncomingMessage, why: string): DoorResponse {
  world.log('wire', `${method} ${url} was refused: ${why}`);
  const body = Buffer.from(JSON.stringify({ message: `the local AWS does not answer this request: ${why}` }));
  return { status: 403, headers: { 'content-type': 'application/json', 'content-length': String(body.length), 'connection': 'close' }, body };
}

/** Undefined when the caller gets no answer. */
async function answer(handle: OwnPath, world: World, { method, target, headers, body }: DoorRequest): Promise<DoorResponse | undefined> {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
  try {
    const response = await handle({ method, path, query, headers, body });
    if (!response) return undefined;
    const bytes = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
    // The length of a HEAD response is that of the object, which has no body here.
    return { status: response.status, headers: { 'content-length': String(bytes.byteLength), ...response.headers }, body: method === 'HEAD' ? new Uint8Array() : bytes };
  } catch (error) {
    world.log('wire', `${method} ${target}: ${String(error)}`);
    return undefined;
  }
}

async function read(incoming: IncomingMessage): Promise<DoorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return { method: incoming.method ?? 'GET', target: incoming.url ?? '/', headers: incoming.headers as DoorRequest['headers'], body: Buffer.concat(chunks) };
}
