import type { Context } from './context';
import { NotModelled } from '../../kernel';
import { refuseUnknown } from '../../kernel/input';
import type { Collaborators } from '../engine/collaborators';
import type { GivenParameter } from '../functions/parameters';
import type { PlanInput } from '../planning/plan';
import type { DeployOptions } from '../stack/change-set';
import type { Tag } from '../stack/deployment';
import type { Stack } from '../stack/stack';
import { validationError } from '../template/errors';

/** What CreateStack, UpdateStack and CreateChangeSet have in common. */
export interface DeployInput {
  readonly StackName?: string;
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly UsePreviousTemplate?: boolean;
  readonly Parameters?: readonly GivenParameter[];
  readonly Capabilities?: readonly string[];
  readonly Tags?: readonly Tag[];
  readonly NotificationARNs?: readonly string[];
  readonly RoleARN?: string;
  readonly ClientRequestToken?: string;
  readonly RollbackConfiguration?: { readonly RollbackTriggers?: unknown[]; readonly MonitoringTimeInMinutes?: number };
  readonly DeploymentConfig?: { readonly Mode?: string; readonly DisableRollback?: boolean };
  readonly DisableRollback?: boolean;
  readonly RetainExceptOnCreate?: boolean;
  readonly OnFailure?: string;
  readonly OnStackFailure?: string;
}

export const DEPLOY_MEMBERS = [
  'StackName', 'TemplateBody', 'TemplateURL', 'Parameters', 'Capabilities', 'Tags', 'NotificationARNs', 'RoleARN', 'RollbackConfiguration', 'DeploymentConfig',
];

/** Refuses what is not modelled of the members that deployments share. The role makes the calls; what it may is not enforced. */
export function checkDeployInput(operation: string, input: DeployInput, members: readonly string[]): void {
  refuseUnknown(`cloudformation:${operation}`, input, [...DEPLOY_MEMBERS, ...members]);
  if (!input.StackName) throw validationError('1 validation error detected: Value null at \'stackName\' failed to satisfy constraint: Member must not be null');
  const { RollbackTriggers, MonitoringTimeInMinutes } = input.RollbackConfiguration ?? {};
  if (RollbackTriggers?.length || MonitoringTimeInMinutes) throw new NotModelled(`cloudformation:${operation} RollbackConfiguration with triggers`);
  checkDeploymentConfig(operation, input.DeploymentConfig);
}

export function checkDeploymentConfig(operation: string, config: DeployInput['DeploymentConfig']): void {
  if (config?.Mode !== undefined && config.Mode !== 'STANDARD') throw new NotModelled(`cloudformation:${operation} DeploymentConfig.Mode ${config.Mode}`);
}

export function templateText(input: DeployInput, collaborators: Collaborators, stack?: Stack): string {
  const given = [input.TemplateBody, input.TemplateURL, input.UsePreviousTemplate || undefined].filter((each) => each !== undefined);
  if (given.length !== 1) throw validationError('Either Template URL or Template Body must be specified.');
  if (input.TemplateBody !== undefined) return input.TemplateBody;
  if (input.TemplateURL !== undefined) return readTemplate(input.TemplateURL, collaborators);
  if (!stack?.deployment) throw validationError('Previous template is not available.');
  return stack.deployment.text;
}

/** Any host will do: what counts is the bucket, before the host or first in the path, and the key. */
export function readTemplate(url: string, collaborators: Collaborators): string {
  const { bucket, key } = bucketAndKey(url);
  const found = collaborators.objectStore.object(bucket, key);
  if (!found) throw validationError('S3 error: The specified key does not exist.\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html');
  return Buffer.from(found).toString('utf8');
}

export function bucketAndKey(url: string): { bucket: string; key: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) throw validationError('TemplateURL must be a supported URL.');
  const path = decodeURIComponent(parsed.pathname).replace(/^\//, '');
  // `bucket.s3.region.amazonaws.com/key` and `bucket.localhost/key`, as opposed to `s3.region.amazonaws.com/bucket/key`.
  const virtual = /^(.+)\.(?:s3[.-][^/]*|localhost)$/.exec(parsed.hostname)?.[1];
  if (virtual) return { bucket: virtual, key: path };
  const slash = path.indexOf('/');
  if (slash < 1) throw validationError('TemplateURL must reference a valid S3 object to which you have access.');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

/** The part of a request that makes a plan. */
export function planInput(input: DeployInput, stack: Stack, context: Context): PlanInput {
  const previous = stack.deployment;
  const roleArn = input.RoleARN ?? stack.roleArn;
  return {
    stackName: stack.name,
    stackId: stack.id,
    text: templateText(input, context.collaborators, stack),
    given: input.Parameters ?? [],
    ...(previous ? { previous } : {}),
    tags: input.Tags ?? previous?.tags ?? [],
    notificationArns: input.NotificationARNs ?? previous?.notificationArns ?? [],
    capabilities: input.Capabilities ?? [],
    ...(roleArn ? { roleArn } : {}),
  };
}

export function deployOptions(input: DeployInput): DeployOptions {
  const disabled = input.DisableRollback ?? input.DeploymentConfig?.DisableRollback ?? false;
  const chosen = input.OnFailure ?? input.OnStackFailure;
  if (chosen !== undefined && !['ROLLBACK', 'DELETE', 'DO_NOTHING'].includes(chosen)) throw validationError(`OnFailure ${chosen} is not valid`);
  return {
    onFailure: disabled ? 'DO_NOTHING' : (chosen as DeployOptions['onFailure'] | undefined) ?? 'ROLLBACK',
    retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
    ...(input.ClientRequestToken ? { clientRequestToken: input.ClientRequestToken } : {}),
  };
}
