import { NotModelled, type Properties, type World } from '../kernel';
import type { Key } from './keys';

/** What EC2 does with a key for a launch in somebody's name (EBS user guide, "How Amazon EBS encryption works"). */
const NEEDED = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey'];

/**
 * Whether a key's policy lets a principal, which has no permission for keys of its own, use it for volumes of EC2. A statement for the
 * account (`:root`) gives such a principal nothing: it only lets IAM policies decide (KMS developer guide, "Default key policy").
 */
export function mayUseForVolumes(world: World, key: Key, principalArn: string): boolean {
  if (key.manager === 'AWS') return true;
  if (key.state !== 'Enabled') return false;
  const policy = (key.policy ?? {}) as { Statement?: Properties | Properties[] };
  const statements = [policy.Statement ?? []].flat()
    .filter((each) => names(each.Principal, principalArn) && holds(world, each.Condition, principalArn));
  const says = (effect: string, action: string): boolean =>
    statements.some((each) => each.Effect === effect && covers([each.Action].flat(), action));
  return NEEDED.every((action) => says('Allow', action) && !says('Deny', action));
}

function names(principal: unknown, arn: string): boolean {
  if (principal === '*') return true;
  const given = [(principal as { AWS?: string | string[] } | undefined)?.AWS ?? []].flat();
  return given.includes('*') || given.includes(arn);
}

const covers = (actions: string[], action: string): boolean => actions.some((each) => matches(each, action));

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(text);

/** The keys of a condition that are known of a launch; another one fails by its name. */
function holds(world: World, condition: Properties = {}, arn: string): boolean {
  const context: Record<string, string> = {
    'aws:PrincipalArn': arn,
    'kms:CallerAccount': world.account,
    'aws:PrincipalAccount': world.account,
    'kms:GrantIsForAWSResource': 'true',
    'kms:ViaService': `ec2.${world.region}.amazonaws.com`,
  };
  return Object.entries(condition).every(([operator, keys]) => {
    if (!['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike', 'Bool'].includes(operator)) throw new NotModelled(`the condition ${operator} of a key policy`);
    return Object.entries(keys as Properties).every(([name, values]) => {
      const value = context[name];
      if (value === undefined) throw new NotModelled(`the condition key ${name} of a key policy`);
      return [values].flat().some((each: unknown) => (operator === 'StringEquals' ? String(each) === value : matches(String(each), value)));
    });
  });
}
