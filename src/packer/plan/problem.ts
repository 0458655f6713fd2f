import type { Position } from '../template/model';

/** Why a template cannot be taken over as it is: something that the user has to change. */
export interface Problem {
  readonly at: Position;
  /** The block or option that it is about: `provisioner shell`, `provisioner file: generated`. */
  readonly subject: string;
  /** What is wrong. */
  readonly what: string;
  /** What to do instead. */
  readonly fix: string;
}
