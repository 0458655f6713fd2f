import { arnMatches, conditionHolds, type ConditionBlock, type ConditionValues } from './conditions';
import { listed, matches } from './rights';
import { NotModelled } from '../kernel';

/** What somebody wants to do to something, and who that is. */
export interface Access {
  readonly action: string;
  readonly resource: string;
  /** As AWS verified it: of a role the ARN of its session. */
  readonly caller: string;
  /** The value of `aws:PrincipalArn`. */
  readonly principalArn: string;
  readonly account: string;
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

/**
 * Whether a resource policy denies an access explicitly; what it allows is not evaluated. A denial that is not modelled is
 * refused by name.
 * Source: IAM user guide, "Policy evaluation logic" and "IAM JSON policy elements reference".
 */
export function deniesExplicitly(document: unknown, access: Access): boolean {
  const all = listed((document as { Statement: Statement | Statement[] }).Statement);
  return all.filter(({ Effect: effect }) => effect === 'Deny').some((statement) => concerns(statement, access));
}

const MODELLED = ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'Condition'];

/** Every part is looked at, so that one that is not modelled is refused whoever asks. */
function concerns(statement: Statement, access: Access): boolean {
  const unknown = Object.keys(statement).find((name) => !MODELLED.includes(name));
  if (unknown) throw new NotModelled(`${unknown} in a statement of a resource policy that denies`);
  const action = listed(statement.Action ?? statement.NotAction ?? []).some((pattern) => matches(pattern, access.action));
  const resource = listed(statement.Resource ?? '*').some((pattern) => arnMatches(pattern, access.resource));
  const condition = conditionHolds(statement.Condition, valuesOf(access));
  const parts = [action === (statement.Action !== undefined), resource, names(statement.Principal, access), condition];
  return parts.every(Boolean);
}

const valuesOf = ({ principalArn, account }: Access): ConditionValues =>
  ({ 'aws:principalarn': principalArn, 'aws:principalaccount': account });

/** An account, by its number or the ARN of its root user, stands for everybody in it. */
function names(principal: Statement['Principal'], { caller, principalArn, account }: Access): boolean {
  if (principal === '*') return true;
  const { AWS: accounts, ...others } = principal ?? {};
  if (accounts === undefined || Object.keys(others).length > 0) {
    throw new NotModelled(`the principals ${Object.keys(others).join(', ')} in a resource policy that denies`);
  }
  const everybody = new RegExp(`^(\\*|${account}|arn:[^:]+:iam::${account}:root)$`);
  return listed(accounts).some((each) => everybody.test(each) || each === caller || each === principalArn);
}
