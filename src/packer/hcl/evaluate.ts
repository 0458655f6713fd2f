import { SPLAT_ITEM, type Expression } from './ast';
import { convert, toBoolean } from './convert';
import { Cursor } from './cursor';
import { attributeOf, indexOf } from './evaluate-access';
import { evaluateCall } from './evaluate-call';
import { evaluateFor } from './evaluate-for';
import { binary, logical, unary } from './evaluate-operators';
import { evaluateTemplate } from './evaluate-template';
import { failedType } from './failed-type';
import type { CallContext } from './functions';
import { parseTemplateFile } from './parse-template';
import type { Place } from './place';
import { Scope } from './scope';
import { typeOf } from './type-of';
import type { Type } from './types';
import { unified } from './unify';
import { isList, toText, typeName, type Value, type ValueMap } from './value';
import { HEAVIEST, weight } from './weight';
import { TemplateError } from '../template/error';
import { derivedSecret, Late } from '../template/late';
import type { SourceFile } from '../template/source-file';

/** How deep values may stand on each other, through locals too. */
const DEEPEST_EVALUATION = 400;
const MOST_WORK = 3_000_000;

/** Evaluates expressions, within bounds: each value, and all work together. */
export class Evaluator implements CallContext {
  private depth = 0;
  private work = 0;

  /** `environment` is what `env` reads, where that is allowed. */
  public constructor(
    /** Where the template lies. */
    public readonly folder: string,
    /** Where Packer is run; none where nobody says. */
    public readonly workingDirectory?: string,
    public readonly environment?: Readonly<Record<string, string | undefined>>,
  ) {}

  public evaluate(expression: Expression, scope: Scope): Value {
    if (this.depth >= DEEPEST_EVALUATION) expression.place.fail(`values stand on each other more than ${DEEPEST_EVALUATION} levels deep`, 'simplify');
    this.spend(1, expression.place);
    this.depth += 1;
    try {
      return this.dispatch(expression, scope);
    } finally {
      // What fails may be only one setting of many.
      this.depth -= 1;
    }
  }

  /** Counts work, and refuses what never ends. */
  public spend(amount: number, place: Place): void {
    this.work += amount;
    if (this.work > MOST_WORK) place.fail('the template takes too much work to evaluate', 'move generated data into files that provisioners upload');
  }

  /** Takes a value in that was made. */
  public made<T extends Value>(value: T, place: Place): T {
    const heavy = weight(value);
    if (heavy > HEAVIEST) place.fail('this value is too large', 'move generated data into files that provisioners upload');
    this.spend(heavy, place);
    return value;
  }

  public render(file: SourceFile, variables: ValueMap, place: Place): Value {
    this.spend(file.text.length / 8, place);
    return this.evaluate(parseTemplateFile(new Cursor(file)), new Scope(variables));
  }

  private dispatch(expression: Expression, scope: Scope): Value {
    switch (expression.kind) {
      case 'literal': return expression.value;
      case 'name': return scope.get(expression.name, expression.place);
      case 'template': return this.made(evaluateTemplate(this, expression.parts, expression.place, scope), expression.place);
      case 'list': return this.made(expression.items.map((item) => this.evaluate(item, scope)), expression.place);
      case 'object': return this.object(expression, scope);
      case 'for': return this.made(evaluateFor(this, expression, scope), expression.place);
      case 'unary': return unary(expression.operator, this.evaluate(expression.operand, scope), expression.place);
      case 'binary': return this.binary(expression, scope);
      case 'conditional': return this.conditional(expression, scope);
      case 'call': return evaluateCall(this, expression, scope);
      case 'attribute': return attributeOf(this.evaluate(expression.of, scope), expression.name, expression.place);
      case 'index': return indexOf(this.evaluate(expression.of, scope), this.evaluate(expression.index, scope), expression.place);
      case 'splat': return this.splat(expression, scope);
    }
  }

  private object({ items, place }: Extract<Expression, { kind: 'object' }>, scope: Scope): Value {
    const map = new Map<string, Value>();
    for (const item of items) {
      const key = toText(this.evaluate(item.key, scope));
      if (typeof key !== 'string') return item.key.place.fail('a key is not a known text', 'write the key, or (expression) for a computed one');
      map.set(key, this.evaluate(item.value, scope));
    }
    return this.made(map, place);
  }

  private binary({ operator, left, right, place }: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
    const first = this.evaluate(left, scope);
    const decided = logical(operator, first, place);
    if (decided !== undefined) return decided;
    const second = this.evaluate(right, scope);
    this.spend(weight(first) + weight(second), place);
    return binary(operator, first, second, place);
  }

  /** Both results become of one type, which the other one may decide; what is wrong with it matters only where it is chosen. */
  private conditional({ condition, yes, no, place }: Extract<Expression, { kind: 'conditional' }>, scope: Scope): Value {
    const decision = this.evaluate(condition, scope);
    if (decision instanceof Late && decision.secrets.length > 0) return derivedSecret(decision);
    if (decision instanceof Late || !['boolean', 'string'].includes(typeof decision)) place.fail(`a condition is ${typeName(decision)}, not a bool`, 'compare, so that it is true or false');
    const [chosen, other] = toBoolean(decision, place) ? [yes, no] : [no, yes];
    const value = this.evaluate(chosen, scope);
    this.spend(weight(value), place);
    const type = unified([typeOf(value), this.typeOf(other, scope)]);
    return type === undefined ? place.fail('the results of the condition cannot be of one type', 'give two of one type') : convert(value, type, chosen.place);
  }

  /** The type of a value that is not used. */
  private typeOf(expression: Expression, scope: Scope): Type {
    try {
      return typeOf(this.evaluate(expression, scope));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return failedType(expression, (part) => this.typeOf(part, scope));
    }
  }

  private splat({ of, each, place }: Extract<Expression, { kind: 'splat' }>, scope: Scope): Value {
    const value = this.evaluate(of, scope);
    const items = value === null ? [] : isList(value) ? value : [value];
    return this.made(items.map((item) => this.evaluate(each, scope.with([[SPLAT_ITEM, item]]))), place);
  }
}
