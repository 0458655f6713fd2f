import type { NormalizedSchema } from '@smithy/core/schema';
import { missingMembers } from './inspect';
import { AwsError } from '../../world/kernel';
import { explain, violations } from '../../world/kernel/constraints';

/** How services name a value that breaks a constraint, where it is not the code of a missing member (assumption: constraint-error-codes). */
const CODES: Readonly<Record<string, string>> = {
  ec2: 'InvalidParameterValue',
  imagebuilder: 'InvalidParameterValueException',
  sns: 'InvalidParameter',
  sqs: 'InvalidAttributeName',
};

/** Refuses an input that lacks a required member or breaks a constraint of the service model, before anything is done. */
export function refuseInvalid(signingName: string, schema: NormalizedSchema, input: Record<string, unknown>, missingCode: string): void {
  const missing = missingMembers(schema, input)
    .map((path) => `Value null at '${path[0]!.toLowerCase()}${path.slice(1)}' failed to satisfy constraint: Member must not be null`);
  const wrong = explain(violations(signingName, schema.getName() ?? '', input));
  if (missing.length > 0) throw refusal(missingCode, [...missing, ...wrong]);
  if (wrong.length > 0) throw refusal(CODES[signingName] ?? missingCode, wrong);
}

function refusal(code: string, details: string[]): AwsError {
  const errors = details.length === 1 ? '1 validation error' : `${details.length} validation errors`;
  return new AwsError(code, `${errors} detected: ${details.join('; ')}`);
}
