import { AwsError } from '../kernel';

type Kind = 'identity' | 'trust' | 'resource';

/**
 * Refuses documents that IAM would refuse for their form; whether they allow what is done later is not evaluated.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function assertPolicyDocument(document: unknown, kind: Kind): void {
  if (!isRecord(document)) throw malformed('it is no JSON object');
  const version = document.Version;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') throw malformed(`the version ${String(version)}`);
  const statements = Array.isArray(document.Statement) ? document.Statement as unknown[] : [document.Statement];
  if (statements.length === 0) throw malformed('it has no statement');
  statements.forEach((statement) => assertStatement(statement, kind));
}

/** The document in a request. */
export function parsedDocument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('it is no JSON');
  }
}

function assertStatement(statement: unknown, kind: Kind): void {
  if (!isRecord(statement)) throw malformed('a statement is no JSON object');
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw malformed('a statement without Effect Allow or Deny');
  if (statement.Action === undefined && statement.NotAction === undefined) throw malformed('a statement without Action');
  const principal = statement.Principal !== undefined || statement.NotPrincipal !== undefined;
  const resource = statement.Resource !== undefined || statement.NotResource !== undefined;
  if (kind === 'identity' && principal) throw malformed('policy document should not specify a principal');
  if (kind === 'identity' && !resource) throw malformed('policy statement must contain resources');
  if (kind !== 'identity' && !principal) throw malformed('a statement without Principal');
  if (kind === 'trust' && resource) throw malformed('has prohibited field Resource');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(what: string): AwsError {
  return new AwsError('MalformedPolicyDocument', `Syntax errors in policy: ${what}`);
}
