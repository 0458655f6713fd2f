import type { IConstruct } from 'constructs';
import { isKind, mark } from './kinds';
import { keepOwnFrames } from './stack-trace';

/** What is wrong with something that a user wrote. */
export interface Problem {
  /** What was wrong, with the wrong value in it. */
  readonly what: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
}

/**
 * Something that a user wrote is wrong: says where, what, what was expected, and what to do. Its fields are not enumerable: Node prints those of an
 * error that nobody catches, and all is in the message.
 */
export class InvalidInputError extends Error {
  /** Whether an error is one, whichever copy of the library threw it. */
  public static is(error: unknown): error is InvalidInputError {
    return isKind(error, 'InvalidInputError');
  }

  readonly #problem: Problem;

  /** @param place the construct, or the function where a value belongs to no construct yet */
  public constructor(place: IConstruct | string, problem: Problem) {
    super(`${typeof place === 'string' ? place : place.node.path || place.node.id}: ${problem.what}; expected ${problem.expected}; ${problem.fix}`);
    this.#problem = problem;
    Object.defineProperty(this, 'name', { value: 'InvalidInputError' });
    keepOwnFrames(this);
  }

  public get problem(): Problem {
    return this.#problem;
  }
}

mark(InvalidInputError.prototype, 'InvalidInputError');
