import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { Ec2Amis } from './amis';
import { Ec2Candidates } from './candidates';
import { clientSettings, once } from './clients';
import { ImageBuilderDistributions } from './distributions';
import { Ec2MachineImages } from './fleet/machine-images';
import { Ec2TemplateContents } from './fleet/template-contents';
import { ImageBuilderImages } from './images';
import { DynamoLedger } from './ledger';
import { DynamoLedgerReader } from './ledger-reader';
import { SsmParameters } from './parameters';
import { ImageBuilderParents } from './parent-amis';
import { CodeBuildBuilds } from './project-builds';
import { SqsQueue } from './queue';
import { AccountReferences } from './references';
import { RegisteredImages } from './registered-images';
import { CloudFormationStacks } from './stacks';
import { jsonLog, systemClock } from './system';
import { environment, ledgerKey, type ImageIntent } from '../../contract';
import type { Images, Log } from '../ports';

/** A variable that the construct sets; without it the function cannot do anything sensible. */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/** The region in which the function runs; Lambda sets it. */
export const region = (): string => variable('AWS_REGION');

const newDynamoDb = (): DynamoDBClient => new DynamoDBClient(clientSettings);
const newSsm = (): SSMClient => new SSMClient(clientSettings);
const newSqs = (): SQSClient => new SQSClient(clientSettings);
const newCloudFormation = (): CloudFormationClient => new CloudFormationClient(clientSettings);
const newImageBuilder = (): ImagebuilderClient => new ImagebuilderClient(clientSettings);
const newEc2 = (): EC2Client => new EC2Client(clientSettings);

// Functions, not constants: a bundle contains only the adapters that its handler calls.

export const clock = systemClock;
export const log = (): Log => jsonLog({ namespace: process.env[environment.namespace] });
export const ledger = (): DynamoLedger => new DynamoLedger(once(newDynamoDb), variable(environment.ledgerTable), systemClock);
export const ledgerReader = (): DynamoLedgerReader => new DynamoLedgerReader(once(newDynamoDb), variable(environment.ledgerTable));
export const parameters = (): SsmParameters => new SsmParameters(once(newSsm));
export const queue = (): SqsQueue => new SqsQueue(once(newSqs), variable(environment.queueUrl));
export const sweeps = (): SqsQueue => new SqsQueue(once(newSqs), variable(environment.sweepQueueUrl));
export const stacks = (): CloudFormationStacks => new CloudFormationStacks(once(newCloudFormation));
export const images = (): ImageBuilderImages => new ImageBuilderImages(once(newImageBuilder), once(newEc2), region());
export const parentAmis = (): ImageBuilderParents => new ImageBuilderParents(once(newImageBuilder), region());
export const distributions = (): ImageBuilderDistributions => new ImageBuilderDistributions(once(newImageBuilder));
export const references = (): AccountReferences => new AccountReferences(once(newEc2), once(newImageBuilder));
export const machineImages = (): Ec2MachineImages => new Ec2MachineImages(once(newEc2));
export const templateContents = (): Ec2TemplateContents => new Ec2TemplateContents(once(newEc2));
export const candidates = (): Ec2Candidates => new Ec2Candidates(once(newEc2));
export const amis = (account: string): Ec2Amis => new Ec2Amis(account);

/** By the endpoint that the environment names, as the SDK's clients do. */
export function projectBuilds(): CodeBuildBuilds {
  const suffix = region().startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const { AWS_ENDPOINT_URL_CODEBUILD: own, AWS_ENDPOINT_URL: all } = process.env;
  return new CodeBuildBuilds(own ?? all ?? `https://codebuild.${region()}.${suffix}`, { region: region(), credentials: once(newEc2).config.credentials });
}

/** Where the builds of an image are found. */
export function imagesOf(namespace: string, { name, registered }: ImageIntent): Images {
  if (!registered) return images();
  const ports = { ledger: ledger(), ec2: once(newEc2), builds: projectBuilds() };
  return new RegisteredImages(ledgerKey.registrations(namespace, name), registered, region(), ports);
}
