import { Annotations, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { RegisteredImageProps } from './registered-image-props';
import { InvalidInputError } from '../private/errors';

/** Accounts whose AMIs may become versions of an image. Aliases such as `amazon` stand for many accounts, and none of them is checked. */
export function checkOwners(scope: IConstruct, { owners = [], copyAmis = false }: RegisteredImageProps): string[] {
  const invalid = owners.find((owner) => !Token.isUnresolved(owner) && !/^\d{12}$/.test(owner));
  if (invalid !== undefined) {
    throw new InvalidInputError(scope, {
      what: `the owner '${invalid}' is not valid`,
      expected: 'ids of accounts, of 12 digits',
      fix: invalid === 'self' ? 'leave it out: AMIs of the account of the stack are always taken' : 'give the id of the account that owns the AMIs',
    });
  }
  if (copyAmis && owners.length === 0) {
    throw new InvalidInputError(scope, {
      what: 'copyAmis is true without owners', expected: 'owners whose AMIs are copied', fix: 'name the accounts that share AMIs in owners, or leave copyAmis out',
    });
  }
  if (owners.length > 0 && !copyAmis) {
    Annotations.of(scope).addWarningV2(
      'cdk-golden-images:foreignOwners',
      `AMIs of ${owners.join(', ')} may become versions: their owner may deregister them or end the sharing while fleets run on them, `
        + 'and then nothing can launch or go back to them; set copyAmis: true, so that versions hold copies in this account',
    );
  }
  return owners;
}
