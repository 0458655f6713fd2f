import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { CommandFailure } from './failure';
import {
  OPERATOR_FUNCTION_OUTPUT, OPERATOR_URL_OUTPUT, operatorFunctionParameterName, operatorUrlParameterName,
} from '../../../src/contract';

/** Where a stack takes commands; one of the members names it. */
export interface StackReference {
  readonly url?: string | undefined;
  /** ARN of the function, where it has no URL. */
  readonly function?: string | undefined;
  readonly stack?: string | undefined;
  readonly namespace?: string | undefined;
  readonly region?: string | undefined;
}

/** A function URL, or the ARN of a function that has none. */
export type Endpoint = { readonly url: string } | { readonly functionArn: string };

type Settings = { readonly region?: string };

export async function findEndpoint(at: StackReference, settings: Settings, ssm: SSMClient): Promise<Endpoint> {
  if (at.url !== undefined) return { url: at.url };
  if (at.function !== undefined) return { functionArn: at.function };
  if (at.stack !== undefined) return ofStack(new CloudFormationClient(settings), at.stack);
  return ofNamespace(ssm, at.namespace!);
}

async function ofStack(client: CloudFormationClient, stack: string): Promise<Endpoint> {
  const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  const outputs = stacks?.[0]?.Outputs ?? [];
  const output = (name: string): string | undefined => outputs.find(({ OutputKey: key }) => key === name)?.OutputValue;
  const [url, functionArn] = [output(OPERATOR_URL_OUTPUT), output(OPERATOR_FUNCTION_OUTPUT)];
  if (url) return { url };
  if (functionArn) return { functionArn };
  throw new CommandFailure(`the stack ${stack} takes no commands: it has neither an output ${OPERATOR_URL_OUTPUT} nor `
    + `${OPERATOR_FUNCTION_OUTPUT}, so it declares no RegisteredImage`);
}

async function ofNamespace(client: SSMClient, namespace: string): Promise<Endpoint> {
  const [urlName, functionName] = [operatorUrlParameterName(namespace), operatorFunctionParameterName(namespace)];
  const url = await valueOf(client, urlName);
  if (url) return { url };
  const functionArn = await valueOf(client, functionName);
  if (functionArn) return { functionArn };
  throw new CommandFailure(`the namespace ${namespace} takes no commands: there is no parameter ${urlName} or ${functionName} `
    + 'in this account and region');
}

async function valueOf(client: SSMClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
  } catch (error) {
    if ((error as Error).name !== 'ParameterNotFound') throw error;
    return undefined;
  }
}
