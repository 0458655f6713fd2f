/* eslint-disable import/no-extraneous-dependencies -- every client of the SDK brings the signer along */
import { Hash } from '@smithy/core/serde';
import { ALGORITHM_IDENTIFIER, getCanonicalHeaders, getSigningKey, SignatureV4Base } from '@smithy/signature-v4';
import type { Claim } from './claim';
import { hmac } from './digest';
import type { WireRequest } from '../message';

class Sha256 extends Hash {
  public constructor(secret?: ConstructorParameters<typeof Hash>[1]) {
    super('sha256', secret);
  }
}

/** The key that signs requests and chunks of bodies. */
export function signingKeyOf({ accessKeyId, date, region, signingName }: Claim, secretAccessKey: string): Promise<Uint8Array> {
  return getSigningKey(Sha256, { accessKeyId, secretAccessKey }, date, region, signingName);
}

export const scopeOf = ({ date, region, signingName }: Claim): string => `${date}/${region}/${signingName}/aws4_request`;

/** The signature that a request would have, were it signed with a key as it claims; by the signer of the SDK, from the other side. */
export async function signatureOf(request: WireRequest, claim: Claim, key: Uint8Array, payload: string): Promise<string> {
  return hmac(key, await new Signer(claim).stringToSign(request, payload));
}

class Signer extends SignatureV4Base {
  public constructor(private readonly claim: Claim) {
    const { region, signingName: service } = claim;
    const credentials = { accessKeyId: '', secretAccessKey: '' };
    super({ service, region, credentials, sha256: Sha256, uriEscapePath: service !== 's3' });
  }

  public async stringToSign({ method, path, query, headers }: WireRequest, payload: string): Promise<string> {
    const { at, signedHeaders } = this.claim;
    const names = [...new Set(query.keys())];
    const request = {
      method,
      path,
      protocol: 'http:',
      hostname: 'localhost',
      query: Object.fromEntries(names.map((name) => [name, query.getAll(name)])),
      headers: Object.fromEntries(signedHeaders.map((name) => [name, headers[name] ?? ''])),
    };
    const canonical = this.createCanonicalRequest(request, getCanonicalHeaders(request, undefined, new Set(signedHeaders)), payload);
    return this.createStringToSign(at, scopeOf(this.claim), canonical, ALGORITHM_IDENTIFIER);
  }
}
