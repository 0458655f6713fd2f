import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RenderedDocument } from './definition';
import { validateDocument } from './document';
import { checkSize } from './document-size';
import { InvalidInputError } from '../private/errors';

/** Refuses a document that the service or the instance would refuse. */
export function checkDocument(scope: Construct, { text, platform }: RenderedDocument): void {
  const violations = validateDocument(text, platform);
  if (violations.length > 0) {
    throw new InvalidInputError(scope, {
      what: `the document is not valid: ${violations.map(({ path, what }) => `${path}: ${what}`).join('; ')}`,
      expected: violations.map(({ path, expected }) => `${path}: ${expected}`).join('; '),
      fix: 'correct the document',
    });
  }
  const resolved: unknown = Stack.of(scope).resolve(text);
  checkSize(scope, resolved);
  checkSecrets(scope, resolved);
}

/** A document is plain text for whoever may read components, and stands in logs. */
function checkSecrets(scope: Construct, resolved: unknown): void {
  if (/\{\{resolve:(?:secretsmanager|ssm-secure):/.test(JSON.stringify(resolved))) {
    throw new InvalidInputError(scope, {
      what: 'the document holds a secret, which CloudFormation would write into it',
      expected: 'no secret values in a document',
      fix: 'fetch it on the instance: SecretScript.bash(…) or SecretScript.powershell(…) with RuntimeSecret',
    });
  }
}
