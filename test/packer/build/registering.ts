import type { Deployed } from './deployed';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { DynamoDbService } from '../../../golden-images/src/world/dynamodb';

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

/** Runs a command line of golden-images, against what the environment names. */
export async function commandLine(line: string): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runCommandLine(line.split(' '), {
    directory: __dirname, terminal: false, out: (text) => { said.out += `${text}\n`; }, err: (text) => { said.err += `${text}\n`; }, write: () => undefined,
  });
  return { code, ...said };
}
