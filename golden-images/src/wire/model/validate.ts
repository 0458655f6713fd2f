import type { NormalizedSchema } from '@smithy/core/schema';
import { missingMembers } from './inspect';
import { AwsError } from '../../world/kernel';
import { explain, violations } from '../../world/kernel/constraints';

/** How services name a value that breaks a constraint, where it is not the code of a missing member (assumption: constraint-error-codes). */
const CODES: Readonly<Record<string, string>> = {
  codebuild: 'InvalidInputException',
  ec2: 'InvalidParameterValue',
  ecr: 'InvalidParameterException',
  imagebuilder: 'InvalidParameterValueException',
  s3: 'InvalidArgument',
  sns: 'InvalidParameter',
  sqs: 'InvalidAttributeName',
};

/** An input as it came in. */
export interface Received {
  readonly signingName: string;
  readonly operation: string;
  readonly input: Record<string, unknown>;
  /** Says which members are required; absent where the service does that itself. */
  readonly schema?: NormalizedSchema;
}

/** Refuses an input that lacks a required member or breaks a constraint of the service model, before anything is done. */
export function refuseInvalid({ signingName, operation, input, schema }: Received, missingCode: string): void {
  const missing = (schema ? missingMembers(schema, input) : [])
    .map((path) => `Value null at '${path[0]!.toLowerCase()}${path.slice(1)}' failed to satisfy constraint: Member must not be null`);
  const wrong = explain(violations(signingName, operation, input));
  if (missing.length > 0) throw refusal(missingCode, [...missing, ...wrong]);
  if (wrong.length > 0) throw refusal(CODES[signingName] ?? missingCode, wrong);
}

function refusal(code: string, details: string[]): AwsError {
  const errors = details.length === 1 ? '1 validation error' : `${details.length} validation errors`;
  return new AwsError(code, `${errors} detected: ${details.join('; ')}`);
}
