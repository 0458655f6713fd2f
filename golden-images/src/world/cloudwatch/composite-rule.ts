import { invalid } from './alarm';
import type { AlarmState } from './verdict';

type StateOf = (alarmNameOrArn: string) => AlarmState | undefined;
type Expression = (stateOf: StateOf) => boolean;

/**
 * An alarm rule of a composite alarm: ALARM(x), OK(x), INSUFFICIENT_DATA(x), TRUE, FALSE, with NOT, AND, OR and parentheses.
 * Gives its value for a set of states, and the alarms it names.
 */
export class CompositeRule {
  public readonly alarms: string[] = [];
  private readonly tokens: string[];
  private readonly expression: Expression;

  public constructor(text: string) {
    this.tokens = text.match(/"[^"]*"|[()]|[^\s()"]+/g) ?? [];
    this.expression = this.or();
    if (this.tokens.length > 0) throw this.unexpected();
  }

  public holds(stateOf: StateOf): boolean {
    return this.expression(stateOf);
  }

  private or(): Expression {
    const left = this.and();
    if (!this.taken('OR')) return left;
    const right = this.or();
    return (states) => left(states) || right(states);
  }

  private and(): Expression {
    const left = this.not();
    if (!this.taken('AND')) return left;
    const right = this.and();
    return (states) => left(states) && right(states);
  }

  private not(): Expression {
    if (!this.taken('NOT')) return this.operand();
    const operand = this.not();
    return (states) => !operand(states);
  }

  private operand(): Expression {
    if (this.taken('TRUE')) return () => true;
    if (this.taken('FALSE')) return () => false;
    if (this.taken('(')) {
      const inner = this.or();
      this.expect(')');
      return inner;
    }
    const state = this.tokens.shift()?.toUpperCase();
    if (state !== 'ALARM' && state !== 'OK' && state !== 'INSUFFICIENT_DATA') throw this.unexpected(state);
    this.expect('(');
    const alarm = (this.tokens.shift() ?? '').replace(/^"|"$/g, '');
    this.expect(')');
    this.alarms.push(alarm);
    return (states) => states(alarm) === state;
  }

  private taken(word: string): boolean {
    if (this.tokens[0]?.toUpperCase() !== word) return false;
    this.tokens.shift();
    return true;
  }

  private expect(word: string): void {
    if (!this.taken(word)) throw this.unexpected();
  }

  private unexpected(token = this.tokens[0]): Error {
    return invalid(`AlarmRule must be a valid expression: unexpected ${token ?? 'end'}`);
  }
}
