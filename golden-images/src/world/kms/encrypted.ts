import { mayBeUsedBy, type KeyContext } from './access';
import { IamService } from '../iam';
import { roleNameOf } from '../iam/principal';
import { AwsError, type World } from '../kernel';
import { KmsService } from '../kms';

/**
 * Whether somebody may put into, or take out of, what is under a customer key: a role by its policies (which are asked for the action alone),
 * the root of the account always; `by` where it is not the caller. The policy of the key is taken to leave that to IAM, as the default one does.
 */
export function assertRoleMayUse(world: World, keyName: string | undefined, actions: readonly string[], code: string, by?: string): void {
  if (keyName === undefined || keyName === '' || keyName.includes('alias/aws/')) return;
  const key = world.get(KmsService).keys.find(keyName);
  const role = roleNameOf(by ?? world.caller);
  const denied = role === undefined ? undefined : actions.find((action) => !world.get(IamService).mayCall(role, action));
  if (key?.state === 'Enabled' && denied === undefined) return;
  const why = denied === undefined ? `the key ${keyName} does not exist or is not enabled` : `role ${role} is not authorized to perform: ${denied} on resource: ${key?.arn ?? keyName}`;
  throw new AwsError(code, `User: ${why}`);
}

/** The same for a service that works in nobody's name: by the policy of the key. */
export function assertServiceMayUse(world: World, keyName: string | undefined, service: string, { actions, context }: ServiceUse): void {
  if (keyName === undefined || keyName === '') return;
  const key = world.get(KmsService).keys.find(keyName);
  if (key && mayBeUsedBy(key, service, actions, context)) return;
  throw new AwsError('KmsAccessDenied', `${service} may not use the key ${keyName}: its policy does not allow ${actions.join(', ')}`);
}

export interface ServiceUse {
  readonly actions: readonly string[];
  readonly context: KeyContext;
}

/** What a sender does with the key of a queue or topic (SQS and SNS developer guides, "Key management"). */
export const SEND = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;

/** assumption: event-key-conditions. */
export const OF_EVENTS: ServiceUse = { actions: SEND, context: { 'aws:SourceArn': undefined, 'aws:SourceAccount': undefined } };
