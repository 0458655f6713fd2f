import type { Position } from '../template/model';

/** A builder of a template. */
export interface BuilderPlan {
  /** Its name; the type where it has none. */
  readonly name: string;
  readonly type: string;
  readonly at: Position;
}
