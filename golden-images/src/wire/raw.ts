import { refuseEarly } from './handler-role';
import type { WireRequest, WireResponse } from './message';
import type { Service, World } from '../world/kernel';

/** A service whose engine speaks its protocol itself: requests are handed through as they are. */
export interface RawService {
  raw(headers: Record<string, string>, body: Uint8Array): Promise<{ status: number; headers: Record<string, string>; body: string | Uint8Array }>;
}

/** Undefined for services that are called by operation. Faults apply as in `World.call`. */
export async function passThrough(world: World, service: Service, request: WireRequest, role?: string): Promise<WireResponse | undefined> {
  if (!isRaw(service)) return undefined;
  const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1)!;
  refuseEarly(world, role, service.signingName, operation);
  world.faults.beforeCall(service.signingName, operation);
  const headers = Object.entries(request.headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return service.raw(Object.fromEntries(headers), request.body);
}

function isRaw(service: Service): service is Service & RawService {
  return 'raw' in service && typeof service.raw === 'function';
}
