import type { ParameterValue } from '../functions/parameters';
import type { Template } from '../template/template';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A template with the values it is deployed with: what a stack has, or is to have. */
export interface Deployment {
  /** As it was given. */
  readonly text: string;
  readonly template: Template;
  readonly parameters: readonly ParameterValue[];
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly tags: readonly Tag[];
  readonly notificationArns: readonly string[];
  readonly roleArn?: string;
  readonly capabilities: readonly string[];
  /** Resources whose condition holds, with what each stands on. */
  readonly graph: ReadonlyMap<string, readonly string[]>;
  /** Those resources in the order in which they are made. */
  readonly order: readonly string[];
  /** Properties of each resource as far as they are known without making anything; what is not is `Deferred`. */
  readonly known: ReadonlyMap<string, Record<string, unknown>>;
  /** The same for the outputs. */
  readonly knownOutputs: unknown;
  /** Names of the exports of other stacks that it reads. */
  readonly imports: readonly string[];
}
