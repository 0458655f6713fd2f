import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RenderedDocument } from './definition';
import { validateDocument } from './document';
import { InvalidInputError } from '../private/errors';

/** EC2 Image Builder API reference, CreateComponent: length of `data`. */
const MAX_CHARACTERS = 16_000;

/** The comment with the content hash stands before the document. */
const COMMENT_CHARACTERS = 50;

/** What a value that is known only while deploying may count for. */
const TOKEN_CHARACTERS = 128;

/** Refuses a document that the service or the instance would refuse. */
export function checkDocument(scope: Construct, { text, platform }: RenderedDocument): void {
  const violations = validateDocument(text, platform);
  if (violations.length > 0) {
    throw new InvalidInputError(scope, {
      what: `the document is not legal: ${violations.map(({ path, what }) => `${path}: ${what}`).join('; ')}`,
      expected: violations.map(({ path, expected }) => `${path}: ${expected}`).join('; '),
      fix: 'correct the document',
    });
  }
  const characters = lengthOf(Stack.of(scope).resolve(text)) + COMMENT_CHARACTERS;
  if (characters > MAX_CHARACTERS) {
    throw new InvalidInputError(scope, {
      what: `the document has ${characters} characters`,
      expected: `at most ${MAX_CHARACTERS}`,
      fix: 'split the component, or ship scripts with Step.download(Source.asset(…))',
    });
  }
}

function lengthOf(resolved: unknown): number {
  if (typeof resolved === 'string') {
    return resolved.length;
  }
  const parts = (resolved as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1];
  return parts === undefined ? TOKEN_CHARACTERS : parts.map(lengthOf).reduce((sum, length) => sum + length, 0);
}
