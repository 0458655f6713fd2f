import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { knownPrincipal } from './known-principal';
import type { RegisterGrantOptions } from './registered-image-props';
import { registerAlias, type RegistrarIntent, type RegisteredIntent } from '../contract';
import type { Operator } from '../control-plane/operator';
import { InvalidInputError } from '../private/errors';

/** Who may register versions of one image: what IAM lets them call, and what the deploy writes down for the function to decide by. */
export class Registrars {
  private readonly signing: RegistrarIntent[] = [];
  private direct?: { readonly claimsTests: boolean };

  public constructor(private readonly scope: Construct, private readonly imageName: string, private readonly operator: Operator) {}

  public grant(grantee: IGrantable, { claimsTests = false, directInvocation = !this.operator.hasUrl }: RegisterGrantOptions): void {
    if (directInvocation) { return this.grantDirect(grantee, claimsTests); }
    if (!this.operator.hasUrl) {
      throw new InvalidInputError(this.scope, {
        what: 'directInvocation is false and the stack has no function URL', expected: 'a way in', fix: 'leave directInvocation out',
      });
    }
    const known = knownPrincipal(this.scope, grantee);
    this.signing.push({ principal: known.arn, claimsTests });
    this.operator.grantUrl(known.grantee);
  }

  public get intent(): Pick<RegisteredIntent, 'registrars' | 'direct'> {
    return { registrars: this.signing, ...(this.direct ? { direct: this.direct } : {}) };
  }

  /** AWS tells the function no caller here: the alias is all that keeps images, and claims of tests, apart. */
  private grantDirect(grantee: IGrantable, claimsTests: boolean): void {
    this.direct = { claimsTests: claimsTests || this.direct?.claimsTests === true };
    this.operator.alias(registerAlias.direct(this.imageName)).grantInvoke(grantee);
    if (claimsTests) { this.operator.alias(registerAlias.tested(this.imageName)).grantInvoke(grantee); }
  }
}
