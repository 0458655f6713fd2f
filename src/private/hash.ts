import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Hash of what a value means: tokens resolved, keys in order. Two synths give the same hash, in any process and folder, as long
 * as the value holds no path of the file system (assets stand in it by their fingerprint).
 */
export function contentHash(scope: IConstruct, value: unknown): string {
  return createHash('sha256').update(JSON.stringify(ordered(Stack.of(scope).resolve(value)))).digest('hex').slice(0, 32);
}

/**
 * A YAML document with a comment that tells it apart: the service refuses a document that it already has, also where only other create-only
 * properties differ. `identity` is all of them.
 */
export const commented = (scope: IConstruct, document: string, identity: unknown): string => `# content: ${contentHash(scope, identity)}\n${document}`;

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(ordered);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const entries = Object.entries(value).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
}
