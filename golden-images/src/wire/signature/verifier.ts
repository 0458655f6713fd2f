import { algorithmOf, claimOf, type Claim } from './claim';
import { same } from './digest';
import { bodyMatches, payloadOf } from './payload';
import { signatureOf, signingKeyOf } from './signature';
import { AwsError, NotModelled } from '../../world/kernel';
import type { WireRequest } from '../message';
import type { Refusals } from '../protocol/protocol';

/** The secret of an access key; the token comes with those of sessions. */
export interface Secret {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const NO_MATCH = 'The request signature we calculated does not match the signature you provided. '
  + 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const NOT_SIGNED = 'There were headers present in the request which were not signed';
const INCOMPLETE = 'Authorization header or query parameters: Credential, SignedHeaders, Signature and date are needed.';

/**
 * Verifies the signatures of requests (Signature Version 4). The date of a signature is not judged: clients sign with their
 * own clock, which does not stand at virtual time.
 */
export class Verifier {
  public constructor(private readonly secretOf: (accessKeyId: string) => Secret | undefined) {}

  /** Throws the error that AWS gives, by the names of the service's protocol (assumption: signature-error-names). */
  public async check(request: WireRequest, refusals: Refusals): Promise<void> {
    const claim = this.claim(request, refusals);
    const refused = (code: string, message = NO_MATCH): AwsError => new AwsError(code, message, refusals.status);
    const secret = this.secretOf(claim.accessKeyId);
    if (!secret || !hasToken(claim, secret)) throw refused(refusals.key, refusals.keyMessage);
    const unsigned = mustBeSigned(request).filter((name) => !claim.signedHeaders.includes(name));
    if (unsigned.length > 0) throw refused(refusals.signature, `${NOT_SIGNED}: ${unsigned.join(', ')}`);
    const payload = payloadOf(request, claim);
    const key = await signingKeyOf(claim, secret.secretAccessKey);
    if (!same(await signatureOf(request, claim, key, payload), claim.signature)) throw refused(refusals.signature);
    if (!bodyMatches(request, claim, payload, key)) throw refused(refusals.body);
  }

  /** Whether a request is signed as it must be. */
  public async verifies(request: WireRequest, refusals: Refusals): Promise<boolean> {
    try {
      await this.check(request, refusals);
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return false;
    }
  }

  private claim(request: WireRequest, { incomplete, status }: Refusals): Claim {
    const algorithm = algorithmOf(request);
    if (algorithm === undefined) throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
    if (algorithm.startsWith('AWS4-ECDSA-')) throw new NotModelled('signatures of Signature Version 4A');
    const claim = claimOf(request);
    if (!claim) throw new AwsError(incomplete, INCOMPLETE, status);
    return claim;
  }
}

/** Keys of sessions come with a token; what else a client sends along is no harm. */
function hasToken({ token = '' }: Claim, { sessionToken }: Secret): boolean {
  return sessionToken === undefined || same(sessionToken, token);
}

/** "Any x-amz-* headers that you plan to include in your request must also be added" (IAM user guide, "Create a signed AWS API request"). */
function mustBeSigned({ headers }: WireRequest): string[] {
  return Object.keys(headers).filter((name) => name === 'host' || (name.startsWith('x-amz-') && headers[name] !== undefined));
}
