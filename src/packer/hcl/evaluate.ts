import { SPLAT_ITEM, type Expression } from './ast';
import { Cursor } from './cursor';
import { attributeOf, indexOf } from './evaluate-access';
import { evaluateFor } from './evaluate-for';
import { binary, logical, unary } from './evaluate-operators';
import { evaluateTemplate } from './evaluate-template';
import { hclFunctions, type CallContext } from './functions';
import { parseTemplateFile } from './parse-template';
import type { Place } from './place';
import { Scope } from './scope';
import { isList, toText, typeName, type Value, type ValueMap } from './value';
import { HEAVIEST, weight } from './weight';
import { TemplateError } from '../template/error';
import { derivedSecret, Late } from '../template/late';
import type { SourceFile } from '../template/source-file';

/** How deep values may stand on each other, through locals too. */
const DEEPEST_EVALUATION = 400;
const MOST_WORK = 3_000_000;
/** Time for all regular expressions of a template, since some of them take for ever. */
const REGULAR_EXPRESSION_MILLISECONDS = 500;

/** Evaluates expressions, within bounds: each value, and all work together. */
export class Evaluator implements CallContext {
  public regularExpressionTime = REGULAR_EXPRESSION_MILLISECONDS;
  private depth = 0;
  private work = 0;

  /** `folder` is where relative files are looked for. */
  public constructor(public readonly folder: string) {}

  public evaluate(expression: Expression, scope: Scope): Value {
    this.depth += 1;
    if (this.depth > DEEPEST_EVALUATION) expression.place.fail(`values stand on each other more than ${DEEPEST_EVALUATION} levels deep`, 'simplify');
    this.spend(1, expression.place);
    const value = this.dispatch(expression, scope);
    this.depth -= 1;
    return value;
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
      case 'call': return this.call(expression, scope);
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

  private conditional({ condition, yes, no, place }: Extract<Expression, { kind: 'conditional' }>, scope: Scope): Value {
    const decision = this.evaluate(condition, scope);
    if (decision instanceof Late && decision.secrets.length > 0) return derivedSecret(decision);
    if (decision === true || decision === 'true') return this.evaluate(yes, scope);
    if (decision === false || decision === 'false') return this.evaluate(no, scope);
    return place.fail(`a condition is ${typeName(decision)}, not a bool`, 'compare, so that it is true or false');
  }

  private splat({ of, each, place }: Extract<Expression, { kind: 'splat' }>, scope: Scope): Value {
    const value = this.evaluate(of, scope);
    const items = value === null ? [] : isList(value) ? value : [value];
    return this.made(items.map((item) => this.evaluate(each, scope.with([[SPLAT_ITEM, item]]))), place);
  }

  private call(call: Extract<Expression, { kind: 'call' }>, scope: Scope): Value {
    if (call.name === 'try' || call.name === 'can') return this.attempt(call, scope);
    const args = call.args.map((argument) => this.evaluate(argument, scope));
    if (call.expanded) {
      const last = args.pop()!;
      if (!isList(last)) return call.place.fail(`"..." follows ${typeName(last)}, not a list`, 'give a list');
      args.push(...last);
    }
    for (const argument of args) this.spend(weight(argument), call.place);
    return this.made(hclFunctions.call(call.name, args, call.place, this), call.place);
  }

  /** `try` gives the first argument that can be evaluated; `can` says whether its argument can. */
  private attempt(call: Extract<Expression, { kind: 'call' }>, scope: Scope): Value {
    const depth = this.depth;
    for (const argument of call.args) {
      try {
        const value = this.evaluate(argument, scope);
        return call.name === 'can' ? true : value;
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        this.depth = depth;
      }
    }
    return call.name === 'can' && call.args.length === 1 ? false : call.place.fail(`no argument of "${call.name}" can be evaluated`, 'let the last one be a fixed value');
  }
}
