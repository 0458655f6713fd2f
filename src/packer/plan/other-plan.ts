import type { BuilderPlan } from './builder-plan';

/** A builder that becomes no image. */
export interface OtherPlan {
  readonly builder: BuilderPlan;
  readonly why: string;
  readonly instead: string;
  /** Id of what runs for it, where its provisioners are taken over. */
  readonly definition?: string;
}
