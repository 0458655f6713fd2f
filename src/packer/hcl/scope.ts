import type { Place } from './place';
import type { Value } from './value';
import { suggestion } from '../template/nearest';

/** The names that an expression may use. */
export class Scope {
  /** `advice` says what to do about names that are not here. */
  public constructor(
    private readonly names: ReadonlyMap<string, Value>,
    private readonly outer?: Scope,
    private readonly advice: ReadonlyMap<string, string> = new Map(),
  ) {}

  public with(names: ReadonlyArray<readonly [string, Value]>): Scope {
    return new Scope(new Map(names), this);
  }

  public get(name: string, place: Place): Value {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) {
      const value = scope.names.get(name);
      if (value !== undefined) return value;
      const advice = scope.advice.get(name);
      if (advice !== undefined) return place.fail(`"${name}" is not available here`, advice);
    }
    return place.fail(`the name "${name}" is not known here`, suggestion(name, this.known()));
  }

  private* known(): Generator<string> {
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) yield* scope.names.keys();
  }
}
