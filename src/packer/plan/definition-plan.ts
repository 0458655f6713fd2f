import type { StepPlan } from './step-plan';
import type { PlatformName } from './system';
import type { Position } from '../template/model';

/** The steps of one provisioner. */
export interface ProvisionerPlan {
  readonly type: string;
  readonly at: Position;
  readonly steps: readonly StepPlan[];
}

/** What runs for one or several builders. */
export interface DefinitionPlan {
  /** `1`, `2`, … in the order of the template. */
  readonly id: string;
  /** Name of the first builder for which it runs. */
  readonly builderName: string;
  readonly platform: PlatformName;
  /** Updates of the operating system that stand at the beginning. */
  readonly updates: readonly ProvisionerPlan[];
  readonly others: readonly ProvisionerPlan[];
}
