import { Stack, Token } from 'aws-cdk-lib';

/** Image ARNs and parameter names are lower-case, so the namespace is from the start. */
export function namespaceOf(stack: Stack, given?: string): string {
  const namespace = given ?? (Token.isUnresolved(stack.stackName) ? stack.node.id : stack.stackName).toLowerCase();
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(namespace)) {
    throw new Error(
      `${stack.node.path}: the namespace '${namespace}' is not legal; expected a lower-case letter, then at most 62 letters, digits and hyphens; `
      + 'give one with ControlPlaneSettings.apply(stack, { namespace })',
    );
  }
  return namespace;
}
