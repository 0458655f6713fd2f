import { Annotations, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../private/errors';

/** Accounts whose AMIs may become versions of an image. Aliases such as `amazon` stand for many accounts, and none of them is checked. */
export function checkOwners(scope: IConstruct, owners: string[]): string[] {
  const invalid = owners.find((owner) => !Token.isUnresolved(owner) && !/^\d{12}$/.test(owner));
  if (invalid !== undefined) {
    throw new InvalidInputError(scope, {
      what: `the owner '${invalid}' is not valid`,
      expected: 'ids of accounts, of 12 digits',
      fix: invalid === 'self' ? 'leave it out: AMIs of the account of the stack are always taken' : 'give the id of the account that owns the AMIs',
    });
  }
  if (owners.length > 0) {
    Annotations.of(scope).addWarningV2(
      'cdk-golden-images:foreignOwners',
      `AMIs of ${owners.join(', ')} may become versions: their owner may deregister them or end the sharing while fleets run on them, `
        + 'and then nothing can launch or go back to them; copy AMIs into this account and register the copies where that must not happen',
    );
  }
  return owners;
}
