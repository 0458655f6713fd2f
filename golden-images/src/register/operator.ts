import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { operatorUrlParameterName, type CommandAnswer, type RegisterCommand } from '../../../src/contract';
import { postSigned } from '../../../src/runtime/aws/signed';

/** Why a command did not reach its stack, or what the stack answered; the text is for who gave the command. */
export class CommandFailure extends Error {}

/** Where a stack takes commands; one of the members names it. */
export interface StackReference {
  readonly url?: string | undefined;
  readonly stack?: string | undefined;
  readonly namespace?: string | undefined;
  readonly region?: string | undefined;
}

const OUTPUT = 'GoldenImagesOperatorUrl';
/** The function itself gives up after a minute. */
const PATIENCE = 90_000;

/** Sends a command to the function URL of a stack, signed with the credentials that the AWS CLI would use too. */
export async function sendCommand(command: RegisterCommand, at: StackReference): Promise<Exclude<CommandAnswer, { error: string }>> {
  const settings = at.region === undefined ? {} : { region: at.region };
  const client = new SSMClient(settings);
  try {
    const url = at.url ?? (at.stack === undefined
      ? await urlOfNamespace(client, at.namespace!)
      : await urlOfStack(new CloudFormationClient(settings), at.stack));
    const region = regionOf(url) ?? await client.config.region();
    const signing = { service: 'lambda', region, credentials: client.config.credentials };
    const response = await postSigned(url, JSON.stringify(command), { 'content-type': 'application/json' }, signing, PATIENCE);
    return answerOf(response.status, await response.text());
  } catch (error) {
    throw error instanceof CommandFailure ? error : new CommandFailure(explained(error as Error));
  } finally {
    client.destroy();
  }
}

async function urlOfStack(client: CloudFormationClient, stack: string): Promise<string> {
  const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  const url = stacks?.[0]?.Outputs?.find(({ OutputKey: key }) => key === OUTPUT)?.OutputValue;
  if (!url) throw new CommandFailure(`the stack ${stack} takes no commands: it has no output ${OUTPUT}, so it declares no RegisteredImage`);
  return url;
}

async function urlOfNamespace(client: SSMClient, namespace: string): Promise<string> {
  const name = operatorUrlParameterName(namespace);
  try {
    return (await client.send(new GetParameterCommand({ Name: name }))).Parameter!.Value!;
  } catch (error) {
    if ((error as Error).name !== 'ParameterNotFound') throw error;
    throw new CommandFailure(`the namespace ${namespace} takes no commands: there is no parameter ${name} in this account and region`);
  }
}

const regionOf = (url: string): string | undefined => /\.lambda-url\.([a-z0-9-]+)\.on\.aws$/.exec(new URL(url).hostname)?.[1];

function answerOf(status: number, text: string): Exclude<CommandAnswer, { error: string }> {
  const answer = parsed(text);
  if (status === 200 && answer && 'version' in answer) return answer;
  if (answer && 'error' in answer) throw new CommandFailure(answer.error);
  if (status === 403) {
    throw new CommandFailure('AWS refused the request (403): the caller needs lambda:InvokeFunctionUrl and lambda:InvokeFunction on the function; see RegisteredImage.grantRegister');
  }
  throw new CommandFailure(`the function answered with HTTP ${status}; its log group tells why. Registering again is safe`);
}

function parsed(text: string): CommandAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value as CommandAnswer : undefined;
  } catch {
    return undefined;
  }
}

function explained({ name, message, cause }: Error): string {
  if (name === 'CredentialsProviderError') return `there are no AWS credentials: ${message}`;
  if (/Region is missing/.test(message)) return 'no region is set: give --region, or set AWS_REGION';
  return `${message}${cause instanceof Error ? ` (${cause.message})` : ''}`;
}
