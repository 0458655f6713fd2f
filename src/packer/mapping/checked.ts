import { RootConstruct, type IConstruct } from 'constructs';
import { InvalidInputError } from '../../private/errors';
import { TemplateError } from '../template/error';
import type { Position } from '../template/model';

/** Does what the library refuses by the place of a construct, and says the place in the template instead. */
export function checked<T>(at: Position, act: (scope: IConstruct) => T): T {
  try {
    return act(new RootConstruct('Template'));
  } catch (error) {
    if (!InvalidInputError.is(error)) throw error;
    const { what, expected, fix } = error.problem;
    throw new TemplateError(at, `${what}; expected ${expected}`, fix);
  }
}
