import type { AwsCredentialIdentity } from '@smithy/types';
import type { Deployed } from './deployed';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { DynamoDbService } from '../../../golden-images/src/world/dynamodb';
import { IamService } from '../../../golden-images/src/world/iam';
import { LambdaService } from '../../../golden-images/src/world/lambda/lambda';
import { StsService } from '../../../golden-images/src/world/sts';
import { postSigned } from '../../../src/runtime/aws/signed';

/** A document of the ledger of a stack. */
export async function readLedger<T>(deployed: Deployed, key: string): Promise<T> {
  const table = resource(deployed, 'AWS::DynamoDB::Table');
  const { Item: item } = await deployed.call(DynamoDbService, 'GetItem', { TableName: table, Key: { key: { S: key } } }) as { Item: { document: { S: string } } };
  return JSON.parse(item.document.S) as T;
}

/** Physical id of the first resource of a type, with a text in its logical id. */
export const resource = ({ local, name }: Deployed, type: string, text = ''): string => [...local.world.get(CloudFormationService).stackState(name)!.resources.values()]
  .find((each) => each.type === type && each.logicalId.includes(text))!.physicalId!;

/** The variables that `golden-images local` prints. */
export const environmentOf = ({ local }: Deployed): Record<string, string> => ({
  AWS_ENDPOINT_URL: local.url,
  AWS_REGION: local.world.region,
  AWS_ACCESS_KEY_ID: local.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: local.credentials.secretAccessKey,
});
/** Credentials of a session of a role of the stack, with a text in its logical id. */
export async function assume(deployed: Deployed, role: string, session = 'session'): Promise<AwsCredentialIdentity> {
  const { world } = deployed.local;
  const { arn } = world.get(IamService).roles.find(resource(deployed, 'AWS::IAM::Role', role))!;
  const { Credentials: made } = await deployed.call(StsService, 'AssumeRole', { RoleArn: arn, RoleSessionName: session }) as { Credentials: Record<string, string> };
  return { accessKeyId: made.AccessKeyId!, secretAccessKey: made.SecretAccessKey!, sessionToken: made.SessionToken! };
}

/** What a command over the function URL came to. */
export async function command(
  deployed: Deployed, credentials: AwsCredentialIdentity, body: object | string,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const signing = { service: 'lambda', region: deployed.local.world.region, credentials };
  const response = await postSigned(deployed.operatorUrl, typeof body === 'string' ? body : JSON.stringify(body), { 'content-type': 'application/json' }, signing);
  return { status: response.status, answer: await response.json() as Record<string, unknown> };
}

/** What a direct invocation of the operator function, or of an alias of it, came to. */
export async function invoke(deployed: Deployed, alias: string | undefined, event: unknown): Promise<unknown> {
  return (await deployed.local.world.get(LambdaService).invoke(resource(deployed, 'AWS::Lambda::Function', 'Operator'), event, alias)).payload;
}

/** Runs a command line of golden-images, against what the environment names. */
export async function commandLine(line: string): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runCommandLine(line.split(' '), {
    directory: __dirname, terminal: false, out: (text) => { said.out += `${text}\n`; }, err: (text) => { said.err += `${text}\n`; }, write: () => undefined,
  });
  return { code, ...said };
}
