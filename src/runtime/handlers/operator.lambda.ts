import { callerOf, parseCommand, type OperatorEvent } from './operator-request';
import { environment, OPERATOR_ALIAS, type CommandAnswer, type RegisteredBy } from '../../contract';
import { amis, clock, ledger, log, projectBuilds, queue, variable } from '../aws/connect';
import { register } from '../controllers/register';
import { RefusedRequest } from '../domain/registration';

interface Context {
  /** Names the account in which the function is, and the alias by which it was called. */
  readonly invokedFunctionArn: string;
}

async function answer(event: OperatorEvent, account: string, signed: boolean): Promise<{ status: number; answer: CommandAnswer }> {
  let by: RegisteredBy | undefined;
  try {
    by = callerOf(event, signed);
    const ports = { amis: amis(account), builds: projectBuilds(), clock, ledger: ledger(), log: log(), queue: queue() };
    const done = await register(variable(environment.namespace), parseCommand(event, signed), by, ports);
    return { status: 200, answer: done };
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
    log().warn('command-refused', { reason: error.message, ...by });
    return { status: 400, answer: { error: error.message } };
  }
}

/**
 * Operators' commands: over the function URL, where AWS verified the caller, or by direct invocation, where the caller only says who it is.
 * The alias tells them apart, never the event: anybody who invokes the function writes its event.
 */
export async function handler(event: OperatorEvent, { invokedFunctionArn }: Context): Promise<unknown> {
  const [, , , , account, , , alias] = invokedFunctionArn.split(':');
  const signed = alias === OPERATOR_ALIAS;
  const { status, answer: body } = await answer(event, account!, signed);
  if (!signed) return body;
  return { statusCode: status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
