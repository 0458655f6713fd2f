import { TransientError } from '../../ports';
import { callAws, errorName } from '../errors';

/** Somebody else is changing the same thing: a refresh, a scaling activity, a request with the same token. */
const BUSY = new Set([
  'InstanceRefreshInProgressFault', 'InstanceRefreshInProgress', 'ScalingActivityInProgressFault', 'ScalingActivityInProgress',
  'IdempotentCallInProgressFault', 'IdempotentCallInProgress',
]);
const BUSY_SECONDS = 15;

/** Asks AWS to change something: what is in use passes by itself. */
export async function change<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await callAws(what, call);
  } catch (error) {
    throw BUSY.has(errorName(error)) ? new TransientError((error as Error).message, BUSY_SECONDS) : error;
  }
}

/** The name of an error that a service may report with or without the suffix of its model. */
export const isError = (error: unknown, name: string): boolean => [name, `${name}Fault`].includes(errorName(error));
