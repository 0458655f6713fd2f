import type { Template } from '../template/template';

/** Where a template's values come from while it is evaluated. */
export interface Scope {
  readonly template: Template;
  readonly account: string;
  readonly region: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly notificationArns: readonly string[];
  /** Values of the parameters, lists as lists. */
  readonly parameters: ReadonlyMap<string, unknown>;
  /** Values of the conditions; empty while they are being evaluated themselves. */
  readonly conditions: ReadonlyMap<string, boolean>;
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  importValue(name: string): string;
  /** The value of an SSM parameter, as a dynamic reference names it. */
  parameterStore(reference: string): string;
}

export function pseudoParameters(scope: Scope): Record<string, unknown> {
  return {
    'AWS::AccountId': scope.account,
    'AWS::Region': scope.region,
    'AWS::StackId': scope.stackId,
    'AWS::StackName': scope.stackName,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': [...scope.notificationArns],
  };
}
