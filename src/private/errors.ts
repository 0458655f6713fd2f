import type { IConstruct } from 'constructs';

/** What is wrong with something that a user wrote. */
export interface Problem {
  /** What was wrong, with the wrong value in it. */
  readonly what: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Something that a user wrote is wrong: says where, what, what was expected, and what to do. */
export class InvalidInputError extends Error {
  public constructor(scope: IConstruct, public readonly problem: Problem) {
    super(`${scope.node.path || scope.node.id}: ${problem.what}; expected ${problem.expected}; ${problem.fix}`);
    this.name = 'InvalidInputError';
  }
}
