import { Annotations, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { environmentOf, isEnvironmentKnown } from '../private/environments';
import { InvalidInputError } from '../private/errors';
import { validName } from '../private/names';

/** Id of the control plane in its stack. */
export const CONTROL_PLANE_ID = 'GoldenImagesControlPlane';

/** Image ARNs and parameter names are lower-case, so the namespace is from the start. */
export function namespaceOf(stack: Stack, given?: string): string {
  return validName(stack, 'namespace', given ?? stack.stackName.toLowerCase(), 'the namespace with ControlPlaneSettings.apply(stack, { namespace })');
}

const taken = new WeakMap<IConstruct, Map<string, Stack>>();

/**
 * Two stacks of an app may have one namespace in different accounts or regions, and not in one: each would act on what the other made. Stacks
 * without an environment mostly go to the same one, that of the command line, but need not.
 */
export function claimNamespace(stack: Stack, namespace: string): string {
  const { node } = stack;
  const owners = taken.get(node.root) ?? new Map<string, Stack>();
  const key = `${environmentOf(stack)} ${namespace}`;
  const owner = owners.get(key);
  const fix = 'give one of them another with ControlPlaneSettings.apply(stack, { namespace })';
  if (owner && !isEnvironmentKnown(stack)) {
    Annotations.of(stack).addWarningV2(
      'cdk-golden-images:namespaceTwice',
      `the namespace '${namespace}' is also that of the stack ${owner.node.path}: in one account and region the second fails to deploy; ${fix}`,
    );
  } else if (owner) {
    throw new InvalidInputError(stack, {
      what: `the namespace '${namespace}' belongs to the stack ${owner.node.path} in ${environmentOf(stack)}`,
      expected: 'a namespace of its own for each stack of an account and region',
      fix: `${fix}; how images move to another stack: docs/guides/moving.md`,
    });
  }
  taken.set(node.root, owners.set(key, stack));
  return namespace;
}
