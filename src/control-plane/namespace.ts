import { Token, type Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../private/errors';
import { legalName } from '../private/names';

/** Id of the control plane in its stack. */
export const CONTROL_PLANE_ID = 'GoldenImagesControlPlane';

/** Image ARNs and parameter names are lower-case, so the namespace is from the start. */
export function namespaceOf(stack: Stack, given?: string): string {
  return legalName(stack, 'namespace', given ?? stack.stackName.toLowerCase(), 'the namespace with ControlPlaneSettings.apply(stack, { namespace })');
}

const taken = new WeakMap<IConstruct, Map<string, Stack>>();

/** Two stacks of an app may have one namespace in different accounts or regions, and not in one: each would act on what the other made. */
export function claimNamespace(stack: Stack, namespace: string): string {
  const { account, region, node } = stack;
  if (Token.isUnresolved(account) || Token.isUnresolved(region)) { return namespace; }
  const owners = taken.get(node.root) ?? new Map<string, Stack>();
  const key = [account, region, namespace].join(' ');
  const owner = owners.get(key);
  if (owner) {
    throw new InvalidInputError(stack, {
      what: `the namespace '${namespace}' belongs to the stack ${owner.node.path} in ${account}/${region}`,
      expected: 'a namespace of its own for each stack of an account and region',
      fix: 'give one of them another with ControlPlaneSettings.apply(stack, { namespace }); how images move to another stack: docs/guides/moving.md',
    });
  }
  taken.set(node.root, owners.set(key, stack));
  return namespace;
}
