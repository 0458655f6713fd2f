import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from './errors';

/** Whether account and region are known, in which names must be unique. */
export const isEnvironmentKnown = ({ account, region }: Stack): boolean => !Token.isUnresolved(account) && !Token.isUnresolved(region);

/** Names account and region; stacks of a stage that do not know theirs mostly go to the same ones, those of the command line. */
export const environmentOf = (stack: Stack): string =>
  (isEnvironmentKnown(stack) ? `${stack.account}/${stack.region}` : Stage.of(stack)?.node.path ?? '');

/**
 * Refuses what stands in another account or region, where both are known: parameters, AMIs and launch templates are of one of each.
 *
 * @param role what the other one is to `scope`, such as `parent of the image`
 */
export function checkEnvironment(scope: IConstruct, other: IConstruct, role: string): void {
  const own = Stack.of(scope);
  const its = Stack.of(other);
  for (const part of ['account', 'region'] as const) {
    if (its[part] === own[part] || Token.isUnresolved(its[part]) || Token.isUnresolved(own[part])) { continue; }
    throw new InvalidInputError(scope, {
      what: `the ${role}, ${other.node.path}, is in ${part} ${its[part]}`,
      expected: `${part} ${own[part]}, where this is, because references into other accounts and regions are not supported yet`,
      fix: `declare both in one ${part}, such as one stack of the same images for each ${part}`,
    });
  }
}
