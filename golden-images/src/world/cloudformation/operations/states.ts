import type { Stack } from '../stack/stack';
import { validationError } from '../template/errors';

const UPDATABLE = ['CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_FAILED', 'IMPORT_COMPLETE'];

/** Refuses an operation on a stack that has one in progress. */
export function refuseBusy(stack: Stack): void {
  if (stack.inProgress) throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

export function refuseUpdate(stack: Stack): void {
  if (!UPDATABLE.includes(stack.status)) throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}
