import type { DefinitionPlan } from './definition-plan';
import type { ImagePlan } from './image-plan';
import type { PlanNotice } from './notice';
import type { OtherPlan } from './other-plan';
import type { Outcome } from './outcome';

/** What a template of Packer comes to. Plain data: it survives JSON. */
export interface TemplatePlan {
  readonly images: readonly ImagePlan[];
  readonly others: readonly OtherPlan[];
  readonly definitions: readonly DefinitionPlan[];
  /** What becomes of each variable, block and option, save what is refused. */
  readonly outcomes: readonly Outcome[];
  /** What became otherwise than it is written, in the order of places. */
  readonly notices: readonly PlanNotice[];
}
