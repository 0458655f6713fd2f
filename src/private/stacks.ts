import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The stack that is deployed by itself: the stack of `scope`, or what that one is nested in. */
export function rootStack(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ? rootStack(stack.nestedStackParent) : stack;
}

/** Makes the other's stack deploy first, where it is another one. Nested stacks go with their root. */
export function deployAfter(scope: IConstruct, other: IConstruct, reason: string): void {
  const [own, first] = [rootStack(scope), rootStack(other)];
  if (own !== first) { own.addStackDependency(first, reason); }
}
