import { Deferred, isDeferred, NO_VALUE } from './deferred';
import { resolveDynamicReferences } from './dynamic-references';
import { pseudoParameters, type Scope } from './scope';
import { eagerFunctions, lazyFunctions } from './table';
import { NotModelled } from '../../kernel';
import { templateError } from '../template/errors';
import { functionOf, isObject } from '../template/values';

/** Evaluates the intrinsic functions of a value in a scope. Dynamic references are resolved in a second pass, as AWS does. */
export class Evaluator {
  private readonly pseudo: Record<string, unknown>;

  public constructor(public readonly scope: Scope) {
    this.pseudo = pseudoParameters(scope);
  }

  /** The properties of a resource, with everything resolved. */
  public properties(value: Record<string, unknown>): Record<string, unknown> {
    return resolveDynamicReferences(this.evaluate(value), this.scope) as Record<string, unknown>;
  }

  public evaluate(value: unknown): unknown {
    const call = functionOf(value);
    if (call) return this.call(call.name, call.argument);
    if (Array.isArray(value)) return value.map((each) => this.evaluate(each)).filter((each) => each !== NO_VALUE);
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([key, each]) => [key, this.evaluate(each)] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== NO_VALUE));
  }

  public ref(name: string): unknown {
    if (name === 'AWS::NoValue') return NO_VALUE;
    if (name in this.pseudo) return this.pseudo[name];
    if (this.scope.parameters.has(name)) return this.scope.parameters.get(name);
    return this.scope.ref(name);
  }

  /** The value of a named condition. */
  public condition(name: unknown): boolean {
    const value = this.scope.conditions.get(String(name));
    if (value === undefined) throw templateError(`unresolved condition dependency: ${String(name)}`);
    return value;
  }

  private call(name: string, argument: unknown): unknown {
    if (name === 'Ref') return this.ref(String(argument));
    const lazy = lazyFunctions[name];
    if (lazy) return lazy(this, argument);
    const eager = eagerFunctions[name];
    if (!eager) throw new NotModelled(`the intrinsic function ${name}`);
    const value = this.evaluate(argument);
    return isDeferred(value) ? new Deferred({ [name]: value }) : eager(value, this.scope);
  }
}
