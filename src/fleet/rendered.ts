import { Stack, type CfnElement } from 'aws-cdk-lib';

/** A resource as the template will show it. */
export interface RenderedResource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
  readonly Condition?: string;
  readonly UpdatePolicy?: Record<string, unknown>;
}

/** Overrides and aspects included, tokens as their intrinsic functions; complete only at synthesis. */
export function rendered(element: CfnElement): RenderedResource {
  const stack = Stack.of(element);
  const fragment = stack.resolve((element as unknown as { _toCloudFormation(): object })._toCloudFormation());
  return fragment.Resources[stack.resolve(element.logicalId)];
}
