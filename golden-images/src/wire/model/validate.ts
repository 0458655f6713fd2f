import type { NormalizedSchema } from '@smithy/core/schema';
import { Constraints } from './constraints';
import { eachStructure, join, missingMembers } from './inspect';
import { membersOf } from './schema';
import { AwsError } from '../../world/kernel';

/** How services name a value that breaks a constraint, where it is not the code of a missing member (assumption: constraint-error-codes). */
const CODES: Readonly<Record<string, string>> = {
  ec2: 'InvalidParameterValue',
  imagebuilder: 'InvalidParameterValueException',
  sns: 'InvalidParameter',
  sqs: 'InvalidAttributeName',
};

/** Refuses an input that lacks a required member or breaks a constraint of the service model, before anything is done. */
export function refuseInvalid(signingName: string, schema: NormalizedSchema, input: Record<string, unknown>, missingCode: string): void {
  const missing = missingMembers(schema, input).map((path) => `Value null at '${camel(path)}' failed to satisfy constraint: Member must not be null`);
  const violations = violationsOf(signingName, schema, input);
  if (missing.length > 0) throw refusal(missingCode, [...missing, ...violations]);
  if (violations.length > 0) throw refusal(CODES[signingName] ?? missingCode, violations);
}

function violationsOf(signingName: string, schema: NormalizedSchema, input: Record<string, unknown>): string[] {
  const constraints = Constraints.of(signingName);
  const found: string[] = [];
  eachStructure(schema, input, '', (structure, value, path) => {
    for (const [member] of constraints ? membersOf(structure) : []) {
      const violations = constraints!.violations(structure.getName() ?? '', member, value[member], join(path, member));
      found.push(...violations.map((each) => `Value '${shown(each.value)}' at '${camel(each.path)}' failed to satisfy constraint: ${each.sentence}`));
    }
  });
  return found;
}

function refusal(code: string, details: string[]): AwsError {
  const errors = details.length === 1 ? '1 validation error' : `${details.length} validation errors`;
  return new AwsError(code, `${errors} detected: ${details.join('; ')}`);
}

function camel(path: string): string {
  return `${path[0]!.toLowerCase()}${path.slice(1)}`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 256 ? `${text.slice(0, 256)}…` : text;
}
