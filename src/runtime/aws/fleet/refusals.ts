import { TransientError } from '../../ports';
import { RefusedError } from '../../ports-fleet';
import { callAws, errorName } from '../errors';

/** Somebody else is changing the same thing: a refresh, a scaling activity, a request with the same token. */
const BUSY = new Set([
  'InstanceRefreshInProgressFault', 'InstanceRefreshInProgress', 'ScalingActivityInProgressFault', 'ScalingActivityInProgress',
  'IdempotentCallInProgressFault', 'IdempotentCallInProgress',
]);
const BUSY_SECONDS = 15;

/** Asks AWS to change something: what is in use passes by itself, any other answer in the 400s is a refusal that somebody must see. */
export async function change<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await callAws(what, call);
  } catch (error) {
    if (error instanceof TransientError) throw error;
    const text = `${what}: ${errorName(error)}: ${(error as Error).message}`;
    if (BUSY.has(errorName(error))) throw new TransientError(text, BUSY_SECONDS);
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
    throw status >= 400 && status < 500 ? new RefusedError(text) : error;
  }
}

/** The name of an error that a service may report with or without the suffix of its model. */
export const isError = (error: unknown, name: string): boolean => [name, `${name}Fault`].includes(errorName(error));
