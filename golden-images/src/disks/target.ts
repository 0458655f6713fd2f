import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DiskError } from './disk';
import { DISK_IMPORT_OUTPUT } from '../../../src/contract';

/** What a `DiskImport` made. */
export interface DiskTarget {
  readonly bucket: string;
  readonly role: string;
  readonly key?: string;
  /** ARN of the infrastructure configuration in which ISO files are installed. */
  readonly infrastructure?: string;
  /** ARN of the role in which Image Builder does so. */
  readonly executionRole?: string;
}

/** Reads it in the outputs of its stack. */
export async function findTarget(client: CloudFormationClient, stack: string): Promise<DiskTarget> {
  const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  const output = stacks?.[0]?.Outputs?.find(({ OutputKey: key }) => key === DISK_IMPORT_OUTPUT)?.OutputValue;
  if (!output) throw new DiskError(`the stack ${stack} takes no disks: it has no output ${DISK_IMPORT_OUTPUT}, so it declares no DiskImport`);
  return JSON.parse(output) as DiskTarget;
}
