import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { clientSettings, once } from './clients';
import { ImageBuilderImages } from './images';
import { DynamoLedger } from './ledger';
import { SsmParameters } from './parameters';
import { ImageBuilderParents } from './parent-amis';
import { SqsQueue } from './queue';
import { AccountReferences } from './references';
import { CloudFormationStacks } from './stacks';
import { jsonLog, systemClock } from './system';
import { environment } from '../../contract';

export { once } from './clients';

/** A variable that the construct sets; without it the function cannot do anything sensible. */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

const imagebuilder = once(() => new ImagebuilderClient(clientSettings));
const ec2 = once(() => new EC2Client(clientSettings));

/** The region in which the function runs; Lambda sets it. */
export const region = (): string => variable('AWS_REGION');

/** The adapters, each made at first use, once a process. A bundle contains those that it names. */
export const log = once(() => jsonLog({ namespace: process.env[environment.namespace] }));
export const ledger = once(() => new DynamoLedger(new DynamoDBClient(clientSettings), variable(environment.ledgerTable), systemClock));
export const parameters = once(() => new SsmParameters(new SSMClient(clientSettings)));
export const queue = once(() => new SqsQueue(new SQSClient(clientSettings), variable(environment.queueUrl)));
export const stacks = once(() => new CloudFormationStacks(new CloudFormationClient(clientSettings)));
export const images = once(() => new ImageBuilderImages(imagebuilder(), ec2(), region()));
export const parentAmis = once(() => new ImageBuilderParents(imagebuilder(), region()));
export const references = once(() => new AccountReferences(ec2(), imagebuilder()));
export const clock = systemClock;
