import type { Violation } from './violation';

/** EC2 Image Builder endpoints and quotas: size of a component document in a bucket. */
export const MAX_BYTES = 64 * 1024;

/** What no service would take: nothing else of such a document needs to be looked at. */
export function oversize(text: string): Violation | undefined {
  const bytes = Buffer.byteLength(text);
  return bytes <= MAX_BYTES ? undefined : {
    path: 'the document', line: 1, column: 1, what: `it has ${bytes} bytes`, expected: `at most ${MAX_BYTES}; ship scripts beside it (S3Download)`,
  };
}
