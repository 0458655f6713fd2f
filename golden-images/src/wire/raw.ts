import { utf8, type WireRequest, type WireResponse } from './message';
import { refuseInvalid } from './model/validate';
import { refuseEarly } from './principal';
import type { Service, World } from '../world/kernel';

/** A service whose engine speaks its protocol itself: requests are handed through as they are. */
export interface RawService {
  raw(headers: Record<string, string>, body: Uint8Array): Promise<{ status: number; headers: Record<string, string>; body: string | Uint8Array }>;
}

/** Undefined for services that are called by operation. Faults apply as in `World.call`. */
export async function passThrough(world: World, service: Service, request: WireRequest, missingCode: string): Promise<WireResponse | undefined> {
  if (!isRaw(service)) return undefined;
  const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1)!;
  refuseEarly(world, request, service.signingName, operation);
  world.faults.beforeCall(service.signingName, operation);
  const input = jsonOf(request);
  const { signingName } = service;
  if (input && service.operations[operation]) refuseInvalid({ signingName, operation, input }, missingCode);
  const headers = Object.entries(request.headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return service.raw(Object.fromEntries(headers), request.body);
}

/** Undefined for what is no JSON: the service says so. */
function jsonOf(request: WireRequest): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(utf8(request.body) || '{}');
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

function isRaw(service: Service): service is Service & RawService {
  return 'raw' in service && typeof service.raw === 'function';
}
