/* eslint-disable import/no-extraneous-dependencies -- every client of the SDK brings the signer along */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, Provider } from '@smithy/types';

export interface Signing {
  readonly service: string;
  readonly region: string;
  readonly credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity>;
}

/** Well below the time of an invocation: whoever asks in vain can still say so. */
const PATIENCE = 15_000;

/** Posts a text, signed (Signature Version 4). An answer that is not whole after `patience` milliseconds is a `TimeoutError`. */
export async function postSigned(
  url: string, body: string, headers: Record<string, string>, signing: Signing, patience = PATIENCE,
): Promise<Response> {
  const { protocol, hostname, port, host, pathname } = new URL(url);
  const signer = new SignatureV4({ ...signing, sha256: Sha256 });
  const request = { method: 'POST', protocol, hostname, ...(port ? { port: Number(port) } : {}), path: pathname, query: {}, headers: { ...headers, host }, body };
  const signed = await signer.sign(request);
  return fetch(url, { method: 'POST', headers: signed.headers, body, signal: AbortSignal.timeout(patience) }).catch((error: Error & { cause?: { code?: string } }) => {
    const code = error.cause?.code;
    // As the SDK names what a connection failed of; fetch has names of its own.
    // An error of an abort has a code already, which nobody may set.
    throw code === undefined ? error : Object.assign(error, { code: code.startsWith('UND_ERR_') ? 'ECONNRESET' : code });
  });
}
