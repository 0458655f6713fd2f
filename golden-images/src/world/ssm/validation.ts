import { AwsError, NotModelled } from '../kernel';

const modelled = ['Name', 'Description', 'Value', 'Type', 'Overwrite', 'AllowedPattern', 'Tags', 'Tier', 'DataType'];

/** Standard parameters hold 4 KB, advanced ones 8 KB. Source: Systems Manager user guide, "Managing parameter tiers". */
const limits = { Standard: 4096, Advanced: 8192 };

export interface PutInput {
  readonly Name: string;
  readonly Value: string;
  readonly Type?: string;
  readonly Description?: string;
  readonly Overwrite?: boolean;
  readonly AllowedPattern?: string;
  readonly Tags?: Array<{ Key: string; Value: string }>;
  readonly Tier?: string;
  readonly DataType?: string;
}

/** What Systems Manager refuses at once. */
export function validatePut(input: PutInput): 'Standard' | 'Advanced' {
  const unknown = Object.keys(input).find((key) => !modelled.includes(key) && (input as never)[key] !== undefined);
  if (unknown) throw new NotModelled(`ssm:PutParameter ${unknown}`);
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(input.Name) || input.Name.length > 1011) {
    throw new AwsError('ValidationException', `Parameter name: can't contain characters outside of [a-zA-Z0-9_.-/]: ${input.Name}`);
  }
  refuseReserved(input.Name);
  if (!input.Value) throw new AwsError('ValidationException', 'Value at \'value\' failed to satisfy constraint: length must be at least 1');
  if (input.Type === 'SecureString') throw new NotModelled('ssm:PutParameter Type SecureString');
  if (input.DataType === 'aws:ssm:integration') throw new NotModelled(`ssm:PutParameter DataType ${input.DataType}`);
  if (input.DataType !== undefined && !['text', 'aws:ec2:image'].includes(input.DataType)) {
    throw new AwsError('ValidationException', `The following data type is not supported: ${input.DataType} (Data type names are all lowercase.)`);
  }
  return tierOf(input);
}

/** Names in the tree of AWS are out of reach; others must not begin like it. Source: PutParameter API reference, Name. */
function refuseReserved(name: string): void {
  if (/^\/aws[^/]*\//i.test(name)) throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  if (/^\/?(aws|ssm)/i.test(name)) throw new AwsError('ValidationException', 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
}

function tierOf(input: PutInput): 'Standard' | 'Advanced' {
  const size = Buffer.byteLength(input.Value);
  const tier = input.Tier === 'Advanced' || (input.Tier === 'Intelligent-Tiering' && size > limits.Standard) ? 'Advanced' : 'Standard';
  if (size > limits[tier]) {
    throw new AwsError('ValidationException', `${tier} tier parameters support a maximum parameter value of ${limits[tier]} characters.`);
  }
  return tier;
}
