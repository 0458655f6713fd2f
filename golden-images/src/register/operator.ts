import { setTimeout } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { findEndpoint, type StackReference } from './endpoint';
import { CommandFailure, explained } from './failure';
import { registerAlias, type CommandAnswer, type RegisterCommand } from '../../../src/contract';
import { postSigned } from '../../../src/runtime/aws/signed';

type Answer = Exclude<CommandAnswer, { error: string }>;
type Done = Extract<CommandAnswer, { version: string }>;

/** The function itself gives up after a minute. */
const PATIENCE = 90_000;
/** Copies of large AMIs take long; roles of pipelines have their credentials for no longer. */
const COPYING = 3 * 3_600_000;

/**
 * Sends a command to a stack, with the credentials that the AWS CLI would use too: to its function URL, or to the
 * function where it has none.
 */
export async function sendCommand(command: RegisterCommand, at: StackReference, say: (text: string) => void): Promise<Done> {
  const settings = at.region === undefined ? {} : { region: at.region };
  const client = new SSMClient(settings);
  try {
    const endpoint = await findEndpoint(at, settings, client);
    const send = (): Promise<Answer> => ('url' in endpoint ? post(command, endpoint.url, client) : invoke(command, endpoint.functionArn));
    return await untilDone(send, say);
  } catch (error) {
    throw error instanceof CommandFailure ? error : new CommandFailure(explained(error as Error));
  } finally {
    client.destroy();
  }
}

/** AMIs of other accounts are copied first: then the same command says what came of it. */
async function untilDone(send: () => Promise<Answer>, say: (text: string) => void): Promise<Done> {
  let answer = await send();
  if ('copying' in answer) say(`copying: ${Object.entries(answer.copying).map((pair) => pair.join(' ')).join(', ')}`);
  for (const end = Date.now() + COPYING; 'copying' in answer; answer = await send()) {
    if (Date.now() > end) throw new CommandFailure('the copies are not there after three hours; registering again goes on waiting for them');
    await setTimeout(answer.retrySeconds * 1000);
  }
  return answer;
}

async function post(command: RegisterCommand, url: string, { config }: SSMClient): Promise<Answer> {
  const signing = { service: 'lambda', region: regionOf(url) ?? await config.region(), credentials: config.credentials };
  const headers = { 'content-type': 'application/json' };
  const response = await postSigned(url, JSON.stringify(command), headers, signing, PATIENCE);
  const answer = parsed(await response.text());
  if (response.ok && answer && isDone(answer)) return answer;
  if (answer && 'error' in answer) throw new CommandFailure(answer.error);
  if (response.status === 403) throw refused('lambda:InvokeFunctionUrl and lambda:InvokeFunction on the function URL');
  throw unanswered(`HTTP ${response.status}`);
}

/**
 * By an alias that stands for the image, and for what is said of it. AWS does not tell the function who invokes it: the command says so itself, and
 * the ledger calls that claimed.
 */
async function invoke(command: RegisterCommand, functionArn: string): Promise<Answer> {
  const settings = { region: functionArn.split(':')[3]! };
  const alias = (command.tested ? registerAlias.tested : registerAlias.direct)(command.image);
  const lambda = new LambdaClient(settings);
  const { Arn: caller } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  const { Payload: payload, FunctionError: failure } = await lambda.send(new InvokeCommand({
    FunctionName: functionArn, Qualifier: alias, Payload: Buffer.from(JSON.stringify({ ...command, caller })),
  })).catch((error: Error) => {
    if (error.name === 'AccessDeniedException') throw refused(`lambda:InvokeFunction on its alias ${alias}`);
    if (error.name === 'ResourceNotFoundException') throw absent(command, error.message);
    throw error;
  });
  const answer = parsed(Buffer.from(payload ?? []).toString('utf8'));
  if (!failure && answer && isDone(answer)) return answer;
  if (answer && 'error' in answer) throw new CommandFailure(answer.error);
  throw unanswered(failure ?? 'nothing');
}

const isDone = (answer: CommandAnswer): answer is Answer => 'version' in answer || 'copying' in answer;

const refused = (actions: string): CommandFailure => new CommandFailure(
  `AWS refused the request (403): the caller needs ${actions}; see RegisteredImage.grantRegister`);

/** Of a function and of its alias AWS says the same. */
const absent = ({ image, tested = false }: RegisterCommand, message: string): CommandFailure => new CommandFailure(
  `${message}: the function is not there, or nobody was granted this; then missing: grantRegister${tested ? ' with claimsTests: true' : ''} of the `
  + `RegisteredImage '${image}', in a stack that was deployed with this version`);

const unanswered = (what: string): CommandFailure => new CommandFailure(
  `the function answered with ${what}; its log group tells why. Registering again is safe`);

const regionOf = (url: string): string | undefined =>
  /\.lambda-url\.([a-z0-9-]+)\.on\.aws$/.exec(new URL(url).hostname)?.[1];

function parsed(text: string): CommandAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value as CommandAnswer : undefined;
  } catch {
    return undefined;
  }
}
