import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { MAX_BYTES } from './document/size';
import { InvalidInputError } from '../private/errors';

/** EC2 Image Builder API reference, CreateComponent: length of `data`. */
const MAX_CHARACTERS = 16_000;

/** The comment with the content hash stands before the document. */
const COMMENT_CHARACTERS = 50;

/** What a value that is known only while deploying may count for. */
const TOKEN_CHARACTERS = 128;

/** Whether a document is too long to stand in the template, and so goes to a bucket. */
export const isOversized = (scope: Construct, text: string): boolean =>
  measure(Stack.of(scope).resolve(text), (each) => each.length) + COMMENT_CHARACTERS > MAX_CHARACTERS;

/** Refuses a document, its tokens resolved, that is too long for a bucket too. */
export function checkSize(scope: Construct, resolved: unknown): void {
  const bytes = measure(resolved, (each) => Buffer.byteLength(each)) + COMMENT_CHARACTERS;
  if (bytes > MAX_BYTES) {
    throw new InvalidInputError(scope, {
      what: `the document has ${bytes} bytes`,
      expected: `at most ${MAX_BYTES}`,
      fix: 'split the component, or ship scripts with Step.download(Source.asset(…))',
    });
  }
}

function measure(resolved: unknown, size: (text: string) => number): number {
  if (typeof resolved === 'string') {
    return size(resolved);
  }
  const parts = (resolved as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1];
  return parts === undefined ? TOKEN_CHARACTERS : parts.reduce<number>((sum, each) => sum + measure(each, size), 0);
}
