import { Stack, Token } from 'aws-cdk-lib';
import { legalName } from '../private/names';

/** Id of the control plane in its stack. */
export const CONTROL_PLANE_ID = 'GoldenImagesControlPlane';

/** Image ARNs and parameter names are lower-case, so the namespace is from the start. */
export function namespaceOf(stack: Stack, given?: string): string {
  const name = given ?? (Token.isUnresolved(stack.stackName) ? stack.node.id : stack.stackName).toLowerCase();
  return legalName(stack, 'namespace', name, 'the namespace with ControlPlaneSettings.apply(stack, { namespace })');
}
