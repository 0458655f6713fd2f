import type { Operation } from './operation';
import { described } from '../refusal';

const SIGNS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\baws (?:secretsmanager|ssm) get-|Get-SECSecretValue|Get-SSMParameter/, 'reads a secret of AWS: the machine needs the AWS CLI or AWS Tools, and credentials that may read it'],
  [/\b169\.254\.169\.(?:254|123)\b/, 'asks a service that only instances of AWS have at 169.254.169.…'],
  [/EC2Launch/i, 'speaks of EC2Launch, which only instances of AWS have'],
];

/** What runs, but not anywhere; and what a template says in another way than the document. */
export function noticesOf(operations: readonly Operation[]): string[] {
  const found = operations.flatMap((operation): string[] => {
    const where = described(operation.at);
    if (operation.kind === 'upload') return operation.file.kind === 'object' ? [`${where} wants ${operation.file.uri}, which is not in the app: fetch it`] : [];
    if (operation.kind !== 'script') return [];
    const { body, pass } = operation.script;
    return [
      ...SIGNS.filter(([sign]) => sign.test(body)).map(([, notice]) => `${where} ${notice}`),
      ...pass ? [`${where} may ask for restarts: it is written ${pass.of} times with restarts between, and fails if it asks again`] : [],
    ];
  });
  return [...new Set(found)];
}
