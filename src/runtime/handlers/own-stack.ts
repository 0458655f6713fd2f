import { environment } from '../../contract';
import { stacks, variable } from '../aws/connect';

/**
 * Whose requests a custom resource serves. Everybody in the account who may make a stack can name our function in it, or invoke it by hand:
 * the id of the stack is no proof of who asks, and only keeps out what is not even said to be ours.
 */
export type Belongs = (stackId: string) => Promise<boolean>;

/** Of the stack that declares the function. */
export const ownStack: Belongs = async (stackId) => stackId === variable(environment.stackId);

/** Of that, and of those that are nested in it. */
export const ownOrNested: Belongs = async (stackId) => await ownStack(stackId) || await stacks().rootOf(stackId) === variable(environment.stackId);
