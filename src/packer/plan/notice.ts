import type { Notice, Position } from '../template/model';

/** A notice of the mapping. */
export interface PlanNotice extends Notice {
  /** The place of the block that it is about; none where it is about the template. */
  readonly block?: Position;
}
