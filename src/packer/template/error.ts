import type { Position } from './model';
import { placed } from './position';

/** A template that is wrong, or asks for what cannot be: says where, why, and what to do instead. The only error that reading a template throws. */
export class TemplateError extends Error {
  public constructor(public readonly at: Position, public readonly what: string, public readonly fix: string) {
    super(`${placed(at)}: ${what}; ${fix}`);
    this.name = 'TemplateError';
  }
}
