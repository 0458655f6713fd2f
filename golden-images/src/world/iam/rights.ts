interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Condition?: unknown;
}

/**
 * Whether policy documents allow an action on some resource. Resources and conditions are not evaluated: a statement that limits an action
 * counts as allowing it, and a denial counts only without conditions.
 */
export function allows(documents: readonly unknown[], action: string): boolean {
  const matching = documents.flatMap((document) => listed((document as { Statement: Statement | Statement[] }).Statement))
    .filter((statement) => concerns(statement, action));
  const denied = matching.some(({ Effect: effect, Condition: condition }) => effect === 'Deny' && condition === undefined);
  return !denied && matching.some(({ Effect: effect }) => effect === 'Allow');
}

function concerns({ Action: actions, NotAction: others }: Statement, action: string): boolean {
  if (actions !== undefined) return listed(actions).some((pattern) => matches(pattern, action));
  return !listed(others ?? []).some((pattern) => matches(pattern, action));
}

/** `*` and `?` stand for any text and any character; case does not count (IAM user guide, "IAM JSON policy elements: Action"). */
export function matches(pattern: string, action: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, 'i').test(action);
}

export const listed = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value as readonly T[] : [value as T]);
