import { entranceOf, parseCommand, type OperatorEvent } from './operator-request';
import { environment, OPERATOR_ALIAS, type CommandAnswer } from '../../contract';
import { amis, clock, ledger, log, projectBuilds, queue, variable } from '../aws/connect';
import { register } from '../controllers/register';
import { RefusedRequest, type Entrance } from '../domain/registration';

interface Context {
  /** Names the account in which the function is, and the alias by which it was called. */
  readonly invokedFunctionArn: string;
}

async function answer(event: OperatorEvent | null, account: string, alias: string | undefined): Promise<{ status: number; answer: CommandAnswer }> {
  let entrance: Entrance | undefined;
  try {
    entrance = entranceOf(event, alias);
    const ports = { amis: amis(account), builds: projectBuilds(), clock, ledger: ledger(), log: log(), queue: queue() };
    const done = await register(variable(environment.namespace), parseCommand(event, entrance), entrance, ports);
    return { status: 'copying' in done ? 202 : 200, answer: done };
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error;
    log().warn('command-refused', { reason: error.message, status: error.status, ...entrance });
    return { status: error.status, answer: { error: error.message } };
  }
}

/** Operators' commands: over the function URL, where AWS says who signed, or by direct invocation of an alias that stands for one image. */
export async function handler(event: OperatorEvent | null, { invokedFunctionArn }: Context): Promise<unknown> {
  const [, , , , account, , , alias] = invokedFunctionArn.split(':');
  const { status, answer: body } = await answer(event, account!, alias);
  if (alias !== OPERATOR_ALIAS) return body;
  return { statusCode: status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
