import { callerOf, parseCommand, type OperatorEvent } from './operator-request';
import { environment, type CommandAnswer } from '../../contract';
import { amis, clock, ledger, log, projectBuilds, queue, variable } from '../aws/connect';
import { register } from '../controllers/register';
import { RefusedRequest } from '../domain/registration';

interface Context {
  /** Names the account in which the function is. */
  readonly invokedFunctionArn: string;
}

async function answer(event: OperatorEvent, account: string): Promise<{ status: number; answer: CommandAnswer }> {
  try {
    const ports = { amis: amis(account), builds: projectBuilds(), clock, ledger: ledger(), log: log(), queue: queue() };
    const done = await register(variable(environment.namespace), parseCommand(event), callerOf(event), ports);
    return { status: 200, answer: done };
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
    log().warn('command-refused', { reason: error.message, ...callerOf(event) });
    return { status: 400, answer: { error: error.message } };
  }
}

/** Operators' commands: over the function URL, where AWS verified the caller, or by direct invocation, where the caller only says who it is. */
export async function handler(event: OperatorEvent, { invokedFunctionArn }: Context): Promise<unknown> {
  const { status, answer: body } = await answer(event, invokedFunctionArn.split(':')[4]!);
  if (!event.requestContext) return body;
  return { statusCode: status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
