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
  const context = {
    'aws:PrincipalArn': principalArn,
    'kms:CallerAccount': world.account,
    'aws:PrincipalAccount': world.account,
    'kms:GrantIsForAWSResource': 'true',
    'kms:ViaService': `ec2.${world.region}.amazonaws.com`,
  };
  return allowsAll(key, NEEDED, (principal) => names(principal, principalArn), context);
}

/** What is known of a request; `undefined` for a key that it does not carry, which no condition on it is fulfilled by. */
export type KeyContext = Readonly<Record<string, string | undefined>>;

/** Whether a key's policy lets a service use it that works in nobody's name. */
export function mayBeUsedBy(key: Key, service: string, actions: readonly string[], context: KeyContext): boolean {
  if (key.manager === 'AWS') return false;
  return key.state === 'Enabled' && allowsAll(key, actions, (principal) => serves(principal, service), context);
}

function allowsAll(key: Key, actions: readonly string[], concerns: (principal: unknown) => boolean, context: KeyContext): boolean {
  const policy = (key.policy ?? {}) as { Statement?: Properties | Properties[] };
  const statements = [policy.Statement ?? []].flat().filter((each) => concerns(each.Principal) && holds(each.Condition, context));
  const says = (effect: string, action: string): boolean =>
    statements.some((each) => each.Effect === effect && covers([each.Action].flat(), action));
  return actions.every((action) => says('Allow', action) && !says('Deny', action));
}

const serves = (principal: unknown, service: string): boolean =>
  [(principal as { Service?: string | string[] } | undefined)?.Service ?? []].flat().includes(service);

function names(principal: unknown, arn: string): boolean {
  if (principal === '*') return true;
  const given = [(principal as { AWS?: string | string[] } | undefined)?.AWS ?? []].flat();
  return given.includes('*') || given.includes(arn);
}

const covers = (actions: string[], action: string): boolean => actions.some((each) => matches(each, action));

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(text);

/** A condition key of which nothing is known fails by its name. */
function holds(condition: Properties = {}, context: KeyContext): boolean {
  return Object.entries(condition).every(([operator, keys]) => {
    if (!['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike', 'Bool'].includes(operator)) throw new NotModelled(`the condition ${operator} of a key policy`);
    return Object.entries(keys as Properties).every(([name, values]) => {
      const value = context[name];
      if (!(name in context)) throw new NotModelled(`the condition key ${name} of a key policy`);
      return value !== undefined && [values].flat().some((each: unknown) => (operator === 'StringEquals' ? String(each) === value : matches(String(each), value)));
    });
  });
}
