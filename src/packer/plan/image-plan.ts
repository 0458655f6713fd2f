import type { BuilderPlan } from './builder-plan';
import type { InfrastructurePlan } from './infrastructure-plan';
import type { ParentPlan } from './parent-plan';
import type { SystemPlan } from './system';

/** The image that a builder becomes. */
export interface ImagePlan {
  readonly builder: BuilderPlan;
  readonly imageName: string;
  readonly description?: string;
  readonly amiTags: Readonly<Record<string, string>>;
  readonly rootVolumeGibibytes?: number;
  readonly region?: string;
  readonly parent: ParentPlan;
  readonly system: SystemPlan;
  readonly infrastructure: InfrastructurePlan;
  /** Id of what runs in it. */
  readonly definition: string;
}
