import { AwsError } from '../../kernel';
import type { Template } from '../template/template';

const IAM_TYPES = /^AWS::IAM::(AccessKey|Group|InstanceProfile|ManagedPolicy|Policy|Role|User|UserToGroupAddition)$/;
const NAMES = ['GroupName', 'InstanceProfileName', 'ManagedPolicyName', 'RoleName', 'UserName'];

/** Resources that grant permissions must be acknowledged; those with names of their own more strongly (API reference, CreateStack). */
export function checkCapabilities(template: Template, given: readonly string[]): void {
  const resources = Object.values(template.Resources).filter(({ Type }) => IAM_TYPES.test(Type));
  if (resources.length === 0) return;
  const named = resources.some(({ Properties }) => NAMES.some((name) => Object.hasOwn(Properties ?? {}, name)));
  const sufficient = named ? ['CAPABILITY_NAMED_IAM'] : ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'];
  if (sufficient.some((capability) => given.includes(capability))) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${sufficient[0]}]`);
}
