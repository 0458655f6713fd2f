import { createWriteStream } from 'node:fs';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { TaskEnd } from '../machine';

/** "Each download operation is allocated a maximum of 5 attempts." */
const ATTEMPTS = 5;
const MOST_REDIRECTS = 10;

export interface Download {
  readonly url: string;
  readonly file: string;
  readonly ignoreCertificateErrors: boolean;
  /** May be Infinity. */
  readonly seconds: number;
  /** Of the first pause between attempts; the next ones are twice as long each. */
  readonly pauseMilliseconds?: number;
}

/** Downloads over HTTP, following redirects. Every status but 200 is an error. */
export async function download(wanted: Download): Promise<TaskEnd> {
  const end = wanted.seconds === Infinity ? undefined : AbortSignal.timeout(Math.min(wanted.seconds * 1000, 2 ** 31 - 1));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await request(wanted.url, wanted.ignoreCertificateErrors, end);
      await pipeline(response, createWriteStream(wanted.file), end ? { signal: end } : {});
      return { exitCode: 0, stdout: '' };
    } catch (error) {
      if (end?.aborted) return { exitCode: 1, stdout: '', timedOut: true };
      if (attempt === ATTEMPTS) return { exitCode: 1, stdout: `${wanted.url}: ${(error as Error).message}` };
      await pause((wanted.pauseMilliseconds ?? 1000) * 2 ** (attempt - 1));
    }
  }
}

async function request(url: string, ignoreCertificateErrors: boolean, signal: AbortSignal | undefined, redirects = 0): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = signal ? { signal } : {};
    const call = url.startsWith('https:') ? getSecure(url, { ...options, rejectUnauthorized: !ignoreCertificateErrors }, resolve) : getPlain(url, options, resolve);
    call.once('error', reject);
  });
  const { statusCode = 0, headers: { location } } = response;
  if (statusCode >= 300 && statusCode < 400 && location !== undefined && redirects < MOST_REDIRECTS) {
    response.resume();
    return request(new URL(location, url).href, ignoreCertificateErrors, signal, redirects + 1);
  }
  if (statusCode !== 200) {
    response.resume();
    throw new Error(`HTTP status ${statusCode}`);
  }
  return response;
}
