import type { Stack } from 'aws-cdk-lib';
import { legalName } from '../private/names';

/** Id of the control plane in its stack. */
export const CONTROL_PLANE_ID = 'GoldenImagesControlPlane';

/** Image ARNs and parameter names are lower-case, so the namespace is from the start. */
export function namespaceOf(stack: Stack, given?: string): string {
  return legalName(stack, 'namespace', given ?? nameOf(stack).toLowerCase(), 'the namespace with ControlPlaneSettings.apply(stack, { namespace })');
}

/** A nested stack has no name before it is deployed. */
function nameOf(stack: Stack): string {
  return stack.nestedStackParent ? `${nameOf(stack.nestedStackParent)}-${stack.node.id}` : stack.stackName;
}
