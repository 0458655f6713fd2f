import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../private/errors';

/** What only one construct of a stack may have. */
export class Claims {
  private readonly owners = new Map<string, IConstruct>();

  public claim(what: string, name: string, owner: IConstruct, fix: string): void {
    const key = `${what} ${name}`;
    const other = this.owners.get(key);
    if (other) {
      throw new InvalidInputError(owner, { what: `the ${what} '${name}' belongs to ${other.node.path} already`, expected: `each ${what} once`, fix });
    }
    this.owners.set(key, owner);
  }
}
